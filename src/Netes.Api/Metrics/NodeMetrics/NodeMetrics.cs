using Netes.Api.Meta;

namespace Netes.Api.Metrics;

[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetrics")]
[ApiKind("metrics.k8s.io", "v1beta1", "NodeMetrics")]
public sealed partial record NodeMetrics : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "timestamp", Required = true)]
    public partial Timestamp? Timestamp { get; init; }

    [Field(3, "window", Required = true)]
    public partial Duration Window { get; init; }

    [Field(4, "usage", Required = true)]
    public partial ValueMap<Quantity> Usage { get; init; }
}

[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetricsList")]
[ApiKind("metrics.k8s.io", "v1beta1", "NodeMetricsList")]
public sealed partial record NodeMetricsList : IKubernetesList<NodeMetrics>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<NodeMetrics> Items { get; init; }
}
