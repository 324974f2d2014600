namespace Netes.Api.Core;

public sealed partial record ServiceAccount : IResource<ServiceAccount>
{
    public static ResourceDefinition<ServiceAccount> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ServiceAccount",
        Plural = "serviceaccounts",
        Singular = "serviceaccount",
        ShortNames = ["sa"],
        Namespaced = true,
        Subresources = ["token"],
        PrepareCreate = ServiceAccountRules.Prepare,
        PrepareUpdate = static (next, _) => ServiceAccountRules.Prepare(next),
        Columns = ServiceAccountColumns.All,
    };
}
