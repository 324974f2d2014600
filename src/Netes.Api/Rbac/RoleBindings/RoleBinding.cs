using Netes.Api.Meta;

namespace Netes.Api.Rbac;

/// <summary>Gives someone the rights of a role inside one namespace.</summary>
[ApiType("io.k8s.api.rbac.v1.RoleBinding")]
[ApiKind("rbac.authorization.k8s.io", "v1", "RoleBinding")]
public sealed partial record RoleBinding : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>Who gets the rights.</summary>
    [Field(2, "subjects", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Subject> Subjects { get; init; }

    /// <summary>The role.</summary>
    [Field(3, "roleRef", Required = true)]
    public partial RoleRef RoleRef { get; init; }
}

/// <summary>A list of objects of kind RoleBinding.</summary>
[ApiType("io.k8s.api.rbac.v1.RoleBindingList")]
[ApiKind("rbac.authorization.k8s.io", "v1", "RoleBindingList")]
public sealed partial record RoleBindingList : IKubernetesList<RoleBinding>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<RoleBinding> Items { get; init; }
}
