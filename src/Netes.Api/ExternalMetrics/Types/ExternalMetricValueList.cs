using Netes.Api.Meta;

namespace Netes.Api.ExternalMetrics;

/// <summary>A list of objects of kind ExternalMetricValue.</summary>
[ApiType("io.k8s.metrics.pkg.apis.external_metrics.v1beta1.ExternalMetricValueList")]
[ApiKind("external.metrics.k8s.io", "v1beta1", "ExternalMetricValueList")]
public sealed partial record ExternalMetricValueList : IKubernetesList<ExternalMetricValue>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ExternalMetricValue> Items { get; init; }
}
