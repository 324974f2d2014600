using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ExternalMetricSource")]
public sealed partial record ExternalMetricSource
{
    [Field(1, "metricName", Required = true)]
    public partial string MetricName { get; init; }

    [Field(2, "metricSelector", OmitEmpty = true)]
    public partial LabelSelector? MetricSelector { get; init; }

    [Field(3, "targetValue", OmitEmpty = true)]
    public partial Quantity? TargetValue { get; init; }

    [Field(4, "targetAverageValue", OmitEmpty = true)]
    public partial Quantity? TargetAverageValue { get; init; }
}
