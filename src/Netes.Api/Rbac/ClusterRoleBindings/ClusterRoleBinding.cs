using Netes.Api.Meta;

namespace Netes.Api.Rbac;

[ApiType("io.k8s.api.rbac.v1.ClusterRoleBinding")]
[ApiKind("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding")]
public sealed partial record ClusterRoleBinding : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "subjects", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Subject> Subjects { get; init; }

    [Field(3, "roleRef", Required = true)]
    public partial RoleRef RoleRef { get; init; }
}

[ApiType("io.k8s.api.rbac.v1.ClusterRoleBindingList")]
[ApiKind("rbac.authorization.k8s.io", "v1", "ClusterRoleBindingList")]
public sealed partial record ClusterRoleBindingList : IKubernetesList<ClusterRoleBinding>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<ClusterRoleBinding> Items { get; init; }
}
