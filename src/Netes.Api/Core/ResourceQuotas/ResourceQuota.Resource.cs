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
        Columns = ResourceQuotaColumns.All,
        Default = ResourceQuotaRules.Default,
        Validate = ResourceQuotaRules.Validate,
        ValidateUpdate = ResourceQuotaRules.ValidateUpdate,
        ValidateStatusUpdate = ResourceQuotaRules.ValidateStatusUpdate,
    };
}
