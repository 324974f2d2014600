using Netes.Api.Meta;

namespace Netes.Api.Metrics;

[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetrics")]
[ApiKind("metrics.k8s.io", "v1beta1", "NodeMetrics")]
public sealed partial record NodeMetrics : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "timestamp", Required = true)]
    public partial Timestamp? Timestamp { get; init; }

    [Field(3, "window", Required = true)]
    public partial Duration Window { get; init; }

    [Field(4, "usage", Required = true)]
    public partial ValueMap<Quantity> Usage { get; init; }
}

/// <summary>A list of objects of kind NodeMetrics.</summary>
[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetricsList")]
[ApiKind("metrics.k8s.io", "v1beta1", "NodeMetricsList")]
public sealed partial record NodeMetricsList : IKubernetesList<NodeMetrics>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<NodeMetrics> Items { get; init; }
}
