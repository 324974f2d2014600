using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.HPAScalingPolicy")]
public sealed partial record HPAScalingPolicy
{
    [Field(1, "type", Required = true, EnumOf = typeof(HPAScalingPolicyType))]
    public partial string Type { get; init; }

    [Field(2, "value", Required = true)]
    public partial int Value { get; init; }

    [Field(3, "periodSeconds", Required = true)]
    public partial int PeriodSeconds { get; init; }
}
