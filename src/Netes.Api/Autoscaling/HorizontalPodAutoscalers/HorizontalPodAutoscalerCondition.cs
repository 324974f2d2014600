using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition")]
public sealed partial record HorizontalPodAutoscalerCondition
{
    [Field(1, "type", Required = true, EnumOf = typeof(HorizontalPodAutoscalerConditionType))]
    public partial string Type { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    [Field(3, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(5, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
