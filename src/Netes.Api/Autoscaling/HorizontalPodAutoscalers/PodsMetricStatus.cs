using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.PodsMetricStatus")]
public sealed partial record PodsMetricStatus
{
    [Field(1, "metric", Required = true)]
    public partial MetricIdentifier Metric { get; init; }

    [Field(2, "current", Required = true)]
    public partial MetricValueStatus Current { get; init; }
}
