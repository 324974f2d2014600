using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodCondition")]
public sealed partial record PodCondition
{
    [Field(1, "type", Required = true, EnumOf = typeof(PodConditionType))]
    public partial string Type { get; init; }

    [Field(7, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    [Field(3, "lastProbeTime")]
    public partial Timestamp? LastProbeTime { get; init; }

    [Field(4, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    [Field(5, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(6, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
