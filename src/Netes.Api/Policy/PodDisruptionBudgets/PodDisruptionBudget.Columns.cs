using static Netes.Api.Columns<Netes.Api.Policy.PodDisruptionBudget>;

namespace Netes.Api.Policy;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printPodDisruptionBudget of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class PodDisruptionBudgetColumns
{
    public static ValueList<Column<PodDisruptionBudget>> All { get; } =
    [
        Name,
        Text("Min Available", static item => item.Spec.MinAvailable?.ToString() ?? "N/A"),
        Text("Max Unavailable", static item => item.Spec.MaxUnavailable?.ToString() ?? "N/A"),
        Number("Allowed Disruptions", static item => item.Status.DisruptionsAllowed, "Pods that may be evicted now."),
        Age,
    ];
}
