using Netes.Api.Meta;

namespace Netes.Api.Rbac;

[ApiType("io.k8s.api.rbac.v1.ClusterRole")]
[ApiKind("rbac.authorization.k8s.io", "v1", "ClusterRole")]
public sealed partial record ClusterRole : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "rules", ListType = "atomic")]
    public partial ValueList<PolicyRule> Rules { get; init; }

    [Field(3, "aggregationRule", OmitEmpty = true)]
    public partial AggregationRule? AggregationRule { get; init; }
}

[ApiType("io.k8s.api.rbac.v1.ClusterRoleList")]
[ApiKind("rbac.authorization.k8s.io", "v1", "ClusterRoleList")]
public sealed partial record ClusterRoleList : IKubernetesList<ClusterRole>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<ClusterRole> Items { get; init; }
}

[ApiType("io.k8s.api.rbac.v1.AggregationRule")]
public sealed partial record AggregationRule
{
    [Field(1, "clusterRoleSelectors", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<LabelSelector> ClusterRoleSelectors { get; init; }
}
