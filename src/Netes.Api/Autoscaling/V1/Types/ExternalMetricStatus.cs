using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ExternalMetricStatus")]
public sealed partial record ExternalMetricStatus
{
    [Field(1, "metricName", Required = true)]
    public partial string MetricName { get; init; }

    [Field(2, "metricSelector", OmitEmpty = true)]
    public partial LabelSelector? MetricSelector { get; init; }

    [Field(3, "currentValue", Required = true)]
    public partial Quantity CurrentValue { get; init; }

    [Field(4, "currentAverageValue", OmitEmpty = true)]
    public partial Quantity? CurrentAverageValue { get; init; }
}
