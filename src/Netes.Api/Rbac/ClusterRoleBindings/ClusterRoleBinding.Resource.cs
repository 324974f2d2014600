namespace Netes.Api.Rbac;

public sealed partial record ClusterRoleBinding : IResource<ClusterRoleBinding>
{
    public static ResourceDefinition<ClusterRoleBinding> Resource { get; } = new()
    {
        Group = "rbac.authorization.k8s.io",
        Version = "v1",
        Kind = "ClusterRoleBinding",
        Plural = "clusterrolebindings",
        Singular = "clusterrolebinding",
        Namespaced = false,
        Columns = ClusterRoleBindingColumns.All,
        Default = ClusterRoleBindingRules.Default,
        Validate = ClusterRoleBindingRules.Validate,
        ValidateUpdate = ClusterRoleBindingRules.ValidateUpdate,
        ValidateName = Names.PathSegment,
    };
}
