using Netes.Api.Core;
using static Netes.Api.Columns<Netes.Api.Apps.StatefulSet>;

namespace Netes.Api.Apps;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printStatefulSet of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class StatefulSetColumns
{
    public static ValueList<Column<StatefulSet>> All { get; } =
    [
        Name,
        Text("Ready", static item => Cells.Ratio(item.Status.ReadyReplicas, item.Spec.Replicas ?? 0),
            "Pods that are ready, of those wanted."),
        Age,
        Wide("Containers", static item => PodCells.Names(item.Spec.Template)),
        Wide("Images", static item => PodCells.Images(item.Spec.Template)),
    ];
}
