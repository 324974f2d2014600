using Netes.Api.Meta;

namespace Netes.Api.CustomMetrics;

/// <summary>A list of objects of kind MetricValue.</summary>
[ApiType("io.k8s.metrics.pkg.apis.custom_metrics.v1beta2.MetricValueList")]
[ApiKind("custom.metrics.k8s.io", "v1beta2", "MetricValueList")]
public sealed partial record MetricValueList : IKubernetesList<MetricValue>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<MetricValue> Items { get; init; }
}
