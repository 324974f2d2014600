using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.HPAScalingRules")]
public sealed partial record HPAScalingRules
{
    [Field(3, "stabilizationWindowSeconds", OmitEmpty = true)]
    public partial int? StabilizationWindowSeconds { get; init; }

    [Field(1, "selectPolicy", OmitEmpty = true, EnumOf = typeof(ScalingPolicySelect))]
    public partial string? SelectPolicy { get; init; }

    [Field(2, "policies", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<HPAScalingPolicy> Policies { get; init; }

    [Field(4, "tolerance", OmitEmpty = true)]
    public partial Quantity? Tolerance { get; init; }
}
