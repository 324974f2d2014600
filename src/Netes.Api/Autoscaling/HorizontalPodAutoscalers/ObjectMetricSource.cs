using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.ObjectMetricSource")]
public sealed partial record ObjectMetricSource
{
    [Field(1, "describedObject", Required = true)]
    public partial CrossVersionObjectReference DescribedObject { get; init; }

    [Field(2, "target", Required = true)]
    public partial MetricTarget Target { get; init; }

    [Field(3, "metric", Required = true)]
    public partial MetricIdentifier Metric { get; init; }
}
