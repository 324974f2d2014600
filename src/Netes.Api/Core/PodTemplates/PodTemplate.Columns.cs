using static Netes.Api.Columns<Netes.Api.Core.PodTemplate>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printPodTemplate of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class PodTemplateColumns
{
    public static ValueList<Column<PodTemplate>> All { get; } =
    [
        Name,
        Text("Containers", static item => PodCells.Names(item.Template)),
        Text("Images", static item => PodCells.Images(item.Template)),
        Text("Pod Labels", static item => Cells.Labels(item.Template.Metadata.Labels)),
    ];
}
