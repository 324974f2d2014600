using static Netes.Api.Columns<Netes.Api.DynamicResources.ResourceSlice>;

namespace Netes.Api.DynamicResources;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printResourceSlice of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ResourceSliceColumns
{
    public static ValueList<Column<ResourceSlice>> All { get; } =
    [
        Name,
        Text("Node", static item => item.Spec.NodeName ?? (item.Spec.AllNodes is true ? "<all>" : Cells.Unset)),
        Text("Driver", static item => item.Spec.Driver, "Who offers the devices."),
        Text("Pool", static item => item.Spec.Pool.Name, "The pool they belong to."),
        Age,
    ];
}
