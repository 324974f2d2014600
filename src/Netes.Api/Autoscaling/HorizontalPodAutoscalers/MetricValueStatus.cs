using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.MetricValueStatus")]
public sealed partial record MetricValueStatus
{
    [Field(1, "value", OmitEmpty = true)]
    public partial Quantity? Value { get; init; }

    [Field(2, "averageValue", OmitEmpty = true)]
    public partial Quantity? AverageValue { get; init; }

    [Field(3, "averageUtilization", OmitEmpty = true)]
    public partial int? AverageUtilization { get; init; }
}
