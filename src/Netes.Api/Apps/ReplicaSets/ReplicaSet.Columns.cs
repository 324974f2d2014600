using Netes.Api.Core;
using static Netes.Api.Columns<Netes.Api.Apps.ReplicaSet>;

namespace Netes.Api.Apps;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printReplicaSet of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ReplicaSetColumns
{
    public static ValueList<Column<ReplicaSet>> All { get; } =
    [
        Name,
        Number("Desired", static item => item.Spec.Replicas ?? 0, "How many pods are wanted."),
        Number("Current", static item => item.Status.Replicas, "How many pods there are."),
        Number("Ready", static item => item.Status.ReadyReplicas, "How many pods are ready."),
        Age,
        Wide("Containers", static item => PodCells.Names(item.Spec.Template)),
        Wide("Images", static item => PodCells.Images(item.Spec.Template)),
        Wide("Selector", static item => Cells.Selector(item.Spec.Selector)),
    ];
}
