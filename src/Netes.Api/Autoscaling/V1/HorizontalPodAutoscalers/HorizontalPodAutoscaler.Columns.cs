using System.Globalization;
using static Netes.Api.Columns<Netes.Api.Autoscaling.V1.HorizontalPodAutoscaler>;

namespace Netes.Api.Autoscaling.V1;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printHorizontalPodAutoscaler of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class HorizontalPodAutoscalerColumns
{
    public static ValueList<Column<HorizontalPodAutoscaler>> All { get; } =
    [
        Name,
        Text("Reference", static item =>
            $"{item.Spec.ScaleTargetRef.Kind}/{item.Spec.ScaleTargetRef.Name}", "What is scaled."),
        Text("Targets", Targets, "Measured and wanted."),
        Text("MinPods", static item => item.Spec.MinReplicas?.ToString(CultureInfo.InvariantCulture) ?? Cells.Unset),
        Count("MaxPods", static item => item.Spec.MaxReplicas),
        Count("Replicas", static item => item.Status.CurrentReplicas),
        Age,
    ];

    private static string Targets(HorizontalPodAutoscaler item)
    {
        var now = item.Status.CurrentCPUUtilizationPercentage is { } current ? $"{current}%" : Cells.Unknown;
        return item.Spec.TargetCPUUtilizationPercentage is { } target ? $"cpu: {now}/{target}%" : Cells.None;
    }
}
