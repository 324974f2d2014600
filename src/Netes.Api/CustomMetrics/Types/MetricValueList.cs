using Netes.Api.Meta;

namespace Netes.Api.CustomMetrics;

[ApiType("io.k8s.metrics.pkg.apis.custom_metrics.v1beta2.MetricValueList")]
[ApiKind("custom.metrics.k8s.io", "v1beta2", "MetricValueList")]
public sealed partial record MetricValueList : IKubernetesList<MetricValue>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<MetricValue> Items { get; init; }
}
