namespace Netes.Api.Rbac;

public sealed partial record ClusterRole : IResource<ClusterRole>
{
    public static ResourceDefinition<ClusterRole> Resource { get; } = new()
    {
        Group = "rbac.authorization.k8s.io",
        Version = "v1",
        Kind = "ClusterRole",
        Plural = "clusterroles",
        Singular = "clusterrole",
        Namespaced = false,
        Validate = RbacRules.ValidateAggregation,
        ValidateName = Names.PathSegment,
    };
}
