using static Netes.Api.Columns<Netes.Api.Storage.CSINode>;

namespace Netes.Api.Storage;

/// <summary>What <c>kubectl get</c> shows. Source: printCSINode of pkg/printers/internalversion/printers.go.</summary>
internal static class CSINodeColumns
{
    public static ValueList<Column<CSINode>> All { get; } =
    [
        Name,
        Number("Drivers", static item => item.Spec.Drivers.Count, "How many drivers the node has."),
        Age,
    ];
}
