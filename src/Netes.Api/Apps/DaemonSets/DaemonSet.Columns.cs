using Netes.Api.Core;
using static Netes.Api.Columns<Netes.Api.Apps.DaemonSet>;

namespace Netes.Api.Apps;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printDaemonSet of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class DaemonSetColumns
{
    public static ValueList<Column<DaemonSet>> All { get; } =
    [
        Name,
        Number("Desired", static item => item.Status.DesiredNumberScheduled, "Nodes that should run the pod."),
        Number("Current", static item => item.Status.CurrentNumberScheduled, "Nodes that run it and should."),
        Number("Ready", static item => item.Status.NumberReady, "Nodes where it is ready."),
        Number("Up-to-date", static item =>
            item.Status.UpdatedNumberScheduled, "Nodes with the present template's pod."),
        Number("Available", static item => item.Status.NumberAvailable, "Nodes where it is ready for minReadySeconds."),
        Text("Node Selector", static item => Cells.Labels(item.Spec.Template.Spec.NodeSelector)),
        Age,
        Wide("Containers", static item => PodCells.Names(item.Spec.Template)),
        Wide("Images", static item => PodCells.Images(item.Spec.Template)),
        Wide("Selector", static item => Cells.Selector(item.Spec.Selector)),
    ];
}
