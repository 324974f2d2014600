using static Netes.Api.Columns<Netes.Api.FlowControl.FlowSchema>;

namespace Netes.Api.FlowControl;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printFlowSchema of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class FlowSchemaColumns
{
    public static ValueList<Column<FlowSchema>> All { get; } =
    [
        Name,
        Text("PriorityLevel", static item => item.Spec.PriorityLevelConfiguration.Name, "Where its requests queue."),
        Number("MatchingPrecedence", static item => item.Spec.MatchingPrecedence, "The lowest that matches wins."),
        Text("DistinguisherMethod", static item => Cells.OrNone(item.Spec.DistinguisherMethod?.Type)),
        Age,
        Text("MissingPL", static item =>
            item.Status.Conditions.FirstOrDefault(condition => condition.Type == "Dangling")?.Status ?? "?"),
    ];
}
