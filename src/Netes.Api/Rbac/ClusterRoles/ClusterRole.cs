using Netes.Api.Meta;

namespace Netes.Api.Rbac;

/// <summary>Rights in the whole cluster.</summary>
[ApiType("io.k8s.api.rbac.v1.ClusterRole")]
[ApiKind("rbac.authorization.k8s.io", "v1", "ClusterRole")]
public sealed partial record ClusterRole : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What may be done.</summary>
    [Field(2, "rules", ListType = "atomic")]
    public partial ValueList<PolicyRule> Rules { get; init; }

    /// <summary>Other cluster roles whose rules are added.</summary>
    [Field(3, "aggregationRule", OmitEmpty = true)]
    public partial AggregationRule? AggregationRule { get; init; }
}

/// <summary>A list of objects of kind ClusterRole.</summary>
[ApiType("io.k8s.api.rbac.v1.ClusterRoleList")]
[ApiKind("rbac.authorization.k8s.io", "v1", "ClusterRoleList")]
public sealed partial record ClusterRoleList : IKubernetesList<ClusterRole>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ClusterRole> Items { get; init; }
}

[ApiType("io.k8s.api.rbac.v1.AggregationRule")]
public sealed partial record AggregationRule
{
    [Field(1, "clusterRoleSelectors", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<LabelSelector> ClusterRoleSelectors { get; init; }
}
