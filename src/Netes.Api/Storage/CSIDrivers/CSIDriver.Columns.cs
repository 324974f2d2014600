using static Netes.Api.Columns<Netes.Api.Storage.CSIDriver>;

namespace Netes.Api.Storage;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printCSIDriver of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class CSIDriverColumns
{
    public static ValueList<Column<CSIDriver>> All { get; } =
    [
        Name,
        Flag("AttachRequired", static item => item.Spec.AttachRequired is not false),
        Flag("PodInfoOnMount", static item => item.Spec.PodInfoOnMount is true),
        Flag("StorageCapacity", static item => item.Spec.StorageCapacity is true),
        Text("TokenRequests", static item => item.Spec.TokenRequests.IsEmpty
            ? Cells.Unset
            : string.Join(',', item.Spec.TokenRequests.Select(request => request.Audience))),
        Flag("RequiresRepublish", static item => item.Spec.RequiresRepublish is true),
        Text("Modes", static item => Cells.OrNone(string.Join(',', item.Spec.VolumeLifecycleModes))),
        Age,
    ];
}
