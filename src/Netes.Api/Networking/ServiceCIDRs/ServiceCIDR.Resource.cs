namespace Netes.Api.Networking;

public sealed partial record ServiceCIDR : IResource<ServiceCIDR>
{
    public static ResourceDefinition<ServiceCIDR> Resource { get; } = new()
    {
        Group = "networking.k8s.io",
        Version = "v1",
        Kind = "ServiceCIDR",
        Plural = "servicecidrs",
        Singular = "servicecidr",
        Namespaced = false,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = ServiceCIDRColumns.All,
        Validate = ServiceCIDRRules.Validate,
        ValidateUpdate = ServiceCIDRRules.ValidateUpdate,
    };
}
