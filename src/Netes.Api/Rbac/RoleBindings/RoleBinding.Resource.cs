namespace Netes.Api.Rbac;

public sealed partial record RoleBinding : IResource<RoleBinding>
{
    public static ResourceDefinition<RoleBinding> Resource { get; } = new()
    {
        Group = "rbac.authorization.k8s.io",
        Version = "v1",
        Kind = "RoleBinding",
        Plural = "rolebindings",
        Singular = "rolebinding",
        Namespaced = true,
        Columns = RoleBindingColumns.All,
        Default = RoleBindingRules.Default,
        Validate = RoleBindingRules.Validate,
        ValidateUpdate = RoleBindingRules.ValidateUpdate,
        ValidateName = Names.PathSegment,
    };
}
