using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A container that has not started.</summary>
[ApiType("io.k8s.api.core.v1.ContainerStateWaiting")]
public sealed partial record ContainerStateWaiting
{
    /// <summary>Why it waits, in one word.</summary>
    [Field(1, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it waits, for people.</summary>
    [Field(2, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
