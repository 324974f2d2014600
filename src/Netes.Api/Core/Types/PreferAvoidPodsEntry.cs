using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PreferAvoidPodsEntry")]
public sealed partial record PreferAvoidPodsEntry
{
    [Field(1, "podSignature", Required = true)]
    public partial PodSignature PodSignature { get; init; }

    [Field(2, "evictionTime")]
    public partial Timestamp? EvictionTime { get; init; }

    [Field(3, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(4, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
