using Netes.Api.Meta;

namespace Netes.Api.Rbac;

/// <summary>Rights inside one namespace.</summary>
[ApiType("io.k8s.api.rbac.v1.Role")]
[ApiKind("rbac.authorization.k8s.io", "v1", "Role")]
public sealed partial record Role : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What may be done.</summary>
    [Field(2, "rules", ListType = "atomic")]
    public partial ValueList<PolicyRule> Rules { get; init; }
}

/// <summary>A list of objects of kind Role.</summary>
[ApiType("io.k8s.api.rbac.v1.RoleList")]
[ApiKind("rbac.authorization.k8s.io", "v1", "RoleList")]
public sealed partial record RoleList : IKubernetesList<Role>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Role> Items { get; init; }
}
