using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.MetricTarget")]
public sealed partial record MetricTarget
{
    [Field(1, "type", Required = true, EnumOf = typeof(MetricTargetType))]
    public partial string Type { get; init; }

    [Field(2, "value", OmitEmpty = true)]
    public partial Quantity? Value { get; init; }

    [Field(3, "averageValue", OmitEmpty = true)]
    public partial Quantity? AverageValue { get; init; }

    [Field(4, "averageUtilization", OmitEmpty = true)]
    public partial int? AverageUtilization { get; init; }
}
