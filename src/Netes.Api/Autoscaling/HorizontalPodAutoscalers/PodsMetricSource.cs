using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.PodsMetricSource")]
public sealed partial record PodsMetricSource
{
    [Field(1, "metric", Required = true)]
    public partial MetricIdentifier Metric { get; init; }

    [Field(2, "target", Required = true)]
    public partial MetricTarget Target { get; init; }
}
