using static Netes.Api.Columns<Netes.Api.Scheduling.PriorityClass>;

namespace Netes.Api.Scheduling;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printPriorityClass of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class PriorityClassColumns
{
    public static ValueList<Column<PriorityClass>> All { get; } =
    [
        Name,
        Number("Value", static item => item.Value, "The priority."),
        Flag("Global-Default", static item => item.GlobalDefault, "Whether pods without a class get it."),
        Age,
        Text("PreemptionPolicy", static item => item.PreemptionPolicy ?? "", "Whether its pods preempt others."),
    ];
}
