namespace Netes.Api.Rbac;

public sealed partial record Role : IResource<Role>
{
    public static ResourceDefinition<Role> Resource { get; } = new()
    {
        Group = "rbac.authorization.k8s.io",
        Version = "v1",
        Kind = "Role",
        Plural = "roles",
        Singular = "role",
        Namespaced = true,
        Validate = static role => RbacRules.ValidateRules(role.Rules, namespaced: true),
        ValidateName = Names.PathSegment,
    };
}
