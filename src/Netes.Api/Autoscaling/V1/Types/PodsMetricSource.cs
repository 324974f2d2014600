using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.PodsMetricSource")]
public sealed partial record PodsMetricSource
{
    [Field(1, "metricName", Required = true)]
    public partial string MetricName { get; init; }

    [Field(2, "targetAverageValue", Required = true)]
    public partial Quantity TargetAverageValue { get; init; }

    [Field(3, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }
}
