namespace Netes.Api.Core;

public sealed partial record ResourceQuota : IResource<ResourceQuota>
{
    public static ResourceDefinition<ResourceQuota> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ResourceQuota",
        Plural = "resourcequotas",
        Singular = "resourcequota",
        ShortNames = ["quota"],
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = ResourceQuotaColumns.All,
    };
}
