using Netes.Api.Core;
using static Netes.Api.Columns<Netes.Api.Metrics.PodMetrics>;

namespace Netes.Api.Metrics;

/// <summary>What <c>kubectl get</c> shows. Source: metrics-server pkg/api/table.go.</summary>
internal static class PodMetricsColumns
{
    public static ValueList<Column<PodMetrics>> All { get; } =
    [
        Name,
        Text("CPU", static item => Sum(item, ResourceName.Cpu), "CPU used, in cores."),
        Text("Memory", static item => Sum(item, ResourceName.Memory), "Memory used, in bytes."),
        Text("Window", static item => item.Window.ToString(), "The time that was measured."),
    ];

    private static string Sum(PodMetrics item, string resource) => item.Containers
        .Aggregate(Quantity.Zero, (sum, container) => sum + container.Usage.Get(resource)).ToString();
}
