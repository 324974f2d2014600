using Netes.Api.Meta;

namespace Netes.Api.ExternalMetrics;

[ApiType("io.k8s.metrics.pkg.apis.external_metrics.v1beta1.ExternalMetricValue")]
[ApiKind("external.metrics.k8s.io", "v1beta1", "ExternalMetricValue")]
public sealed partial record ExternalMetricValue
{
    [Field(1, "metricName", Required = true)]
    public partial string MetricName { get; init; }

    [Field(2, "metricLabels", Required = true)]
    public partial ValueMap<string> MetricLabels { get; init; }

    [Field(3, "timestamp", Required = true)]
    public partial Timestamp? Timestamp { get; init; }

    [Field(4, "window", OmitEmpty = true)]
    public partial long? WindowSeconds { get; init; }

    [Field(5, "value", Required = true)]
    public partial Quantity Value { get; init; }
}
