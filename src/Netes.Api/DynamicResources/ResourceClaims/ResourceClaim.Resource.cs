namespace Netes.Api.DynamicResources;

public sealed partial record ResourceClaim : IResource<ResourceClaim>
{
    public static ResourceDefinition<ResourceClaim> Resource { get; } = new()
    {
        Group = "resource.k8s.io",
        Version = "v1",
        Kind = "ResourceClaim",
        Plural = "resourceclaims",
        Singular = "resourceclaim",
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Columns = ResourceClaimColumns.All,
        Default = ResourceClaimRules.Default,
        Validate = ResourceClaimRules.Validate,
        ValidateUpdate = ResourceClaimRules.ValidateUpdate,
        PrepareStatusUpdate = ResourceClaimRules.PrepareStatusUpdate,
        ValidateStatusUpdate = ResourceClaimStatusRules.Validate,
    };
}
