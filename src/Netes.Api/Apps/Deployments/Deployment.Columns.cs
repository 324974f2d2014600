using Netes.Api.Core;
using static Netes.Api.Columns<Netes.Api.Apps.Deployment>;

namespace Netes.Api.Apps;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printDeployment of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class DeploymentColumns
{
    public static ValueList<Column<Deployment>> All { get; } =
    [
        Name,
        Text("Ready", static item => Cells.Ratio(item.Status.ReadyReplicas, item.Spec.Replicas ?? 0),
            "Pods that are ready, of those wanted."),
        Count("Up-to-date", static item => item.Status.UpdatedReplicas, "Pods made from the present template."),
        Count("Available", static item => item.Status.AvailableReplicas, "Pods ready for minReadySeconds."),
        Age,
        Wide("Containers", static item => PodCells.Names(item.Spec.Template)),
        Wide("Images", static item => PodCells.Images(item.Spec.Template)),
        Wide("Selector", static item => Cells.Selector(item.Spec.Selector)),
    ];
}
