using static Netes.Api.Columns<Netes.Api.Storage.CSIStorageCapacity>;

namespace Netes.Api.Storage;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printCSIStorageCapacity of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class CSIStorageCapacityColumns
{
    public static ValueList<Column<CSIStorageCapacity>> All { get; } =
    [
        Name,
        Text("StorageClassName", static item => item.StorageClassName, "The class whose volumes it is about."),
        Text("Capacity", static item => item.Capacity is { } capacity ? capacity.ToString() : Cells.Unset),
    ];
}
