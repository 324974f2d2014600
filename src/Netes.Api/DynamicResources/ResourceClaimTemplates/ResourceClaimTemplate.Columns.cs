using static Netes.Api.Columns<Netes.Api.DynamicResources.ResourceClaimTemplate>;

namespace Netes.Api.DynamicResources;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printResourceClaimTemplate of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ResourceClaimTemplateColumns
{
    public static ValueList<Column<ResourceClaimTemplate>> All { get; } =
    [
        Name,
        Age,
    ];
}
