using static Netes.Api.Columns<Netes.Api.Storage.VolumeAttributesClass>;

namespace Netes.Api.Storage;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printVolumeAttributesClass of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class VolumeAttributesClassColumns
{
    public static ValueList<Column<VolumeAttributesClass>> All { get; } =
    [
        Name,
        Text("DriverName", static item => item.DriverName, "The driver it is for."),
        Age,
    ];
}
