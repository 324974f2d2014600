using Netes.Api.Core;
using static Netes.Api.Columns<Netes.Api.Metrics.NodeMetrics>;

namespace Netes.Api.Metrics;

/// <summary>What <c>kubectl get</c> shows. Source: metrics-server pkg/api/table.go.</summary>
internal static class NodeMetricsColumns
{
    public static ValueList<Column<NodeMetrics>> All { get; } =
    [
        Name,
        Text("CPU", static item => item.Usage.Get(ResourceName.Cpu).ToString(), "CPU used, in cores."),
        Text("Memory", static item => item.Usage.Get(ResourceName.Memory).ToString(), "Memory used, in bytes."),
        Text("Window", static item => item.Window.ToString(), "The time that was measured."),
    ];
}
