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
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = ResourceClaimColumns.All,
    };
}
