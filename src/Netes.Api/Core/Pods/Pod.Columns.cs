using Netes.Api.Meta;
using static Netes.Api.Columns<Netes.Api.Core.Pod>;

namespace Netes.Api.Core;

/// <summary>What <c>kubectl get</c> shows. Source: printPod of pkg/printers/internalversion/printers.go.</summary>
internal static class PodColumns
{
    private static readonly ValueList<TableRowCondition> SucceededRow = [Completed(
        "Succeeded", "The pod has completed successfully.")];
    private static readonly ValueList<TableRowCondition> FailedRow = [Completed("Failed", "The pod failed.")];

    public static ValueList<Column<Pod>> All { get; } =
    [
        Name,
        Text("Ready", static item => PodSummary.Of(item).ShowReady(),
            "Containers that are ready, of all."),
        Text("Status", static item => PodSummary.Of(item).Reason, "What the pod's containers are about."),
        new("Restarts", static (item, now) => PodSummary.Of(item).ShowRestarts(now),
            Description: "How often containers were started again, and when last."),
        Age,
        Wide("IP", static item =>
            Cells.OrNone(item.Status.PodIPs.IsEmpty ? item.Status.PodIP : item.Status.PodIPs[0].IP)),
        Wide("Node", static item => Cells.OrNone(item.Spec.NodeName)),
        Wide("Nominated Node", static item => Cells.OrNone(item.Status.NominatedNodeName)),
        Wide("Readiness Gates", Gates),
    ];

    public static ValueList<TableRowCondition> Conditions(Pod item) => item.Status.Phase switch
    {
        PodPhase.Succeeded => SucceededRow,
        PodPhase.Failed => FailedRow,
        _ => default,
    };

    private static string Gates(Pod item)
    {
        var gates = item.Spec.ReadinessGates;
        return gates.IsEmpty ? Cells.None : Cells.Ratio(
            gates.Count(gate => item.Status.Conditions.Any(condition =>
                condition.Type == gate.ConditionType && condition.Status == ConditionStatus.True)),
            gates.Count);
    }

    private static TableRowCondition Completed(string reason, string message) => TableRowCondition.Empty with
    {
        Type = "Completed",
        Status = ConditionStatus.True,
        Reason = reason,
        Message = message,
    };
}
