using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.CustomMetrics;

[ApiType("io.k8s.metrics.pkg.apis.custom_metrics.v1beta2.MetricValue")]
[ApiKind("custom.metrics.k8s.io", "v1beta2", "MetricValue")]
public sealed partial record MetricValue
{
    [Field(1, "describedObject", Required = true)]
    public partial ObjectReference DescribedObject { get; init; }

    [Field(2, "metric", Required = true)]
    public partial MetricIdentifier Metric { get; init; }

    [Field(3, "timestamp", Required = true)]
    public partial Timestamp? Timestamp { get; init; }

    [Field(4, "windowSeconds", OmitEmpty = true)]
    public partial long? WindowSeconds { get; init; }

    [Field(5, "value", Required = true)]
    public partial Quantity Value { get; init; }
}
