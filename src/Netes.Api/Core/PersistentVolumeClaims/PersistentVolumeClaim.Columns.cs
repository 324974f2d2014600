using static Netes.Api.Columns<Netes.Api.Core.PersistentVolumeClaim>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printPersistentVolumeClaim of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class PersistentVolumeClaimColumns
{
    public static ValueList<Column<PersistentVolumeClaim>> All { get; } =
    [
        Name,
        Text("Status", static item => item.Metadata.DeletionTimestamp is null ? item.Status.Phase : "Terminating"),
        Text("Volume", static item => item.Spec.VolumeName, "The volume it is bound to."),
        Text("Capacity", static item => IsBound(item) ? VolumeCells.Storage(item.Status.Capacity) : ""),
        Text("Access Modes", static item => IsBound(item) ? VolumeCells.AccessModes(item.Status.AccessModes) : ""),
        Text("StorageClass", static item => item.Spec.StorageClassName ?? ""),
        Text("VolumeAttributesClass", static item => VolumeCells.OrUnset(item.Spec.VolumeAttributesClassName)),
        Age,
        Wide("VolumeMode", static item => VolumeCells.OrUnset(item.Spec.VolumeMode)),
    ];

    private static bool IsBound(PersistentVolumeClaim item) => item.Spec.VolumeName.Length > 0;
}
