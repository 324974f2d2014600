namespace Netes.Api.Coordination;

public sealed partial record Lease : IResource<Lease>
{
    public static ResourceDefinition<Lease> Resource { get; } = new()
    {
        Group = "coordination.k8s.io",
        Version = "v1",
        Kind = "Lease",
        Plural = "leases",
        Singular = "lease",
        Namespaced = true,
        Columns = LeaseColumns.All,
        Validate = LeaseRules.Validate,
    };
}
