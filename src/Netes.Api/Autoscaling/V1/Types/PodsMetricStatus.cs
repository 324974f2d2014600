using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.PodsMetricStatus")]
public sealed partial record PodsMetricStatus
{
    [Field(1, "metricName", Required = true)]
    public partial string MetricName { get; init; }

    [Field(2, "currentAverageValue", Required = true)]
    public partial Quantity CurrentAverageValue { get; init; }

    [Field(3, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }
}
