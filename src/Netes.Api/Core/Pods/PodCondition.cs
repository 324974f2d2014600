using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.core.v1.PodCondition")]
public sealed partial record PodCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(PodConditionType))]
    public partial string Type { get; init; }

    /// <summary>The generation that the condition describes.</summary>
    [Field(7, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the condition was last checked.</summary>
    [Field(3, "lastProbeTime")]
    public partial Timestamp? LastProbeTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(6, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
