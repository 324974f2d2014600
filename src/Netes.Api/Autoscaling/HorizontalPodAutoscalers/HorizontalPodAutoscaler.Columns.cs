using System.Globalization;
using static Netes.Api.Columns<Netes.Api.Autoscaling.HorizontalPodAutoscaler>;

namespace Netes.Api.Autoscaling;

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
        Text("Targets", HorizontalPodAutoscalerTargets.Show, "Measured and wanted."),
        Text("MinPods", static item => item.Spec.MinReplicas?.ToString(CultureInfo.InvariantCulture) ?? Cells.Unset),
        Count("MaxPods", static item => item.Spec.MaxReplicas),
        Count("Replicas", static item => item.Status.CurrentReplicas),
        Age,
    ];
}
