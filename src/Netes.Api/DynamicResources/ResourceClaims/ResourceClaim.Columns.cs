using static Netes.Api.Columns<Netes.Api.DynamicResources.ResourceClaim>;

namespace Netes.Api.DynamicResources;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printResourceClaim of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ResourceClaimColumns
{
    public static ValueList<Column<ResourceClaim>> All { get; } =
    [
        Name,
        Text("State", State, "Whether devices are allocated and in use."),
        Age,
    ];

    private static string State(ResourceClaim item)
    {
        var states = string.Join(',', ((string[])
        [
            item.Metadata.DeletionTimestamp is null ? "" : "deleted",
            item.Status.Allocation is null ? "" : "allocated",
            item.Status.ReservedFor.IsEmpty ? "" : "reserved",
        ]).Where(state => state.Length > 0));
        return item.Status.Allocation is not null ? states : states.Length == 0 ? "pending" : $"{states},pending";
    }
}
