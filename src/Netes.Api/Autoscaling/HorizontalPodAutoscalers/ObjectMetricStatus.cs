using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.ObjectMetricStatus")]
public sealed partial record ObjectMetricStatus
{
    [Field(1, "metric", Required = true)]
    public partial MetricIdentifier Metric { get; init; }

    [Field(2, "current", Required = true)]
    public partial MetricValueStatus Current { get; init; }

    [Field(3, "describedObject", Required = true)]
    public partial CrossVersionObjectReference DescribedObject { get; init; }
}
