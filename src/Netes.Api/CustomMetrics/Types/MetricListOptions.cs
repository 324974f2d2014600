using Netes.Api.Meta;

namespace Netes.Api.CustomMetrics;

[ApiType("io.k8s.metrics.pkg.apis.custom_metrics.v1beta2.MetricListOptions")]
[ApiKind("custom.metrics.k8s.io", "v1beta2", "MetricListOptions")]
public sealed partial record MetricListOptions
{
    [Field(1, "labelSelector", OmitEmpty = true)]
    public partial string LabelSelector { get; init; }

    [Field(2, "metricLabelSelector", OmitEmpty = true)]
    public partial string MetricLabelSelector { get; init; }
}
