using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ObjectMetricStatus")]
public sealed partial record ObjectMetricStatus
{
    [Field(1, "target", Required = true)]
    public partial CrossVersionObjectReference Target { get; init; }

    [Field(2, "metricName", Required = true)]
    public partial string MetricName { get; init; }

    [Field(3, "currentValue", Required = true)]
    public partial Quantity CurrentValue { get; init; }

    [Field(4, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }

    [Field(5, "averageValue", OmitEmpty = true)]
    public partial Quantity? AverageValue { get; init; }
}
