using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition")]
public sealed partial record HorizontalPodAutoscalerCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(HorizontalPodAutoscalerConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(3, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(5, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
