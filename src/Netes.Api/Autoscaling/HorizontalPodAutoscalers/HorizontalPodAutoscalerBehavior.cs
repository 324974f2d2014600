using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior")]
public sealed partial record HorizontalPodAutoscalerBehavior
{
    [Field(1, "scaleUp", OmitEmpty = true)]
    public partial HPAScalingRules? ScaleUp { get; init; }

    [Field(2, "scaleDown", OmitEmpty = true)]
    public partial HPAScalingRules? ScaleDown { get; init; }
}
