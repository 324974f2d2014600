using Netes.Api.Meta;

namespace Netes.Api.Rbac;

[ApiType("io.k8s.api.rbac.v1.RoleBinding")]
[ApiKind("rbac.authorization.k8s.io", "v1", "RoleBinding")]
public sealed partial record RoleBinding : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "subjects", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Subject> Subjects { get; init; }

    [Field(3, "roleRef", Required = true)]
    public partial RoleRef RoleRef { get; init; }
}

[ApiType("io.k8s.api.rbac.v1.RoleBindingList")]
[ApiKind("rbac.authorization.k8s.io", "v1", "RoleBindingList")]
public sealed partial record RoleBindingList : IKubernetesList<RoleBinding>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<RoleBinding> Items { get; init; }
}
