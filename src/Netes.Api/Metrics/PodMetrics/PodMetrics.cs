using Netes.Api.Meta;

namespace Netes.Api.Metrics;

[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.PodMetrics")]
[ApiKind("metrics.k8s.io", "v1beta1", "PodMetrics")]
public sealed partial record PodMetrics : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "timestamp", Required = true)]
    public partial Timestamp? Timestamp { get; init; }

    [Field(3, "window", Required = true)]
    public partial Duration Window { get; init; }

    [Field(4, "containers", Required = true, ListType = "atomic")]
    public partial ValueList<ContainerMetrics> Containers { get; init; }
}

/// <summary>A list of objects of kind PodMetrics.</summary>
[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.PodMetricsList")]
[ApiKind("metrics.k8s.io", "v1beta1", "PodMetricsList")]
public sealed partial record PodMetricsList : IKubernetesList<PodMetrics>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<PodMetrics> Items { get; init; }
}

[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.ContainerMetrics")]
public sealed partial record ContainerMetrics
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "usage", Required = true)]
    public partial ValueMap<Quantity> Usage { get; init; }
}
