using static Netes.Api.Columns<Netes.Api.Core.PersistentVolume>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printPersistentVolume of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class PersistentVolumeColumns
{
    public static ValueList<Column<PersistentVolume>> All { get; } =
    [
        Name,
        Text("Capacity", static item => VolumeCells.Storage(item.Spec.Capacity), "How much it holds."),
        Text("Access Modes", static item => VolumeCells.AccessModes(item.Spec.AccessModes), "How it may be mounted."),
        Text("Reclaim Policy", static item =>
            item.Spec.PersistentVolumeReclaimPolicy, "What happens when it is released."),
        Text("Status", static item => item.Metadata.DeletionTimestamp is null ? item.Status.Phase : "Terminating"),
        Text("Claim", static item => item.Spec.ClaimRef is { } claim ? $"{claim.Namespace}/{claim.Name}" : ""),
        Text("StorageClass", static item => item.Spec.StorageClassName),
        Text("VolumeAttributesClass", static item => VolumeCells.OrUnset(item.Spec.VolumeAttributesClassName)),
        Text("Reason", static item => item.Status.Reason),
        Age,
        Wide("VolumeMode", static item => VolumeCells.OrUnset(item.Spec.VolumeMode)),
    ];
}
