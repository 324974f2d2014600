using static Netes.Api.Columns<Netes.Api.Storage.VolumeAttachment>;

namespace Netes.Api.Storage;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printVolumeAttachment of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class VolumeAttachmentColumns
{
    public static ValueList<Column<VolumeAttachment>> All { get; } =
    [
        Name,
        Text("Attacher", static item => item.Spec.Attacher, "The driver that attaches."),
        Text("PV", static item => item.Spec.Source.PersistentVolumeName ?? "", "The volume."),
        Text("Node", static item => item.Spec.NodeName, "The node."),
        Flag("Attached", static item => item.Status.Attached),
        Age,
    ];
}
