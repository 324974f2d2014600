using Netes.Api.Meta;

namespace Netes.Api.Rbac;

[ApiType("io.k8s.api.rbac.v1.Role")]
[ApiKind("rbac.authorization.k8s.io", "v1", "Role")]
public sealed partial record Role : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "rules", ListType = "atomic")]
    public partial ValueList<PolicyRule> Rules { get; init; }
}

[ApiType("io.k8s.api.rbac.v1.RoleList")]
[ApiKind("rbac.authorization.k8s.io", "v1", "RoleList")]
public sealed partial record RoleList : IKubernetesList<Role>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<Role> Items { get; init; }
}
