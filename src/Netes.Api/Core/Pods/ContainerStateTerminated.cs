using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A container that has ended.</summary>
[ApiType("io.k8s.api.core.v1.ContainerStateTerminated")]
public sealed partial record ContainerStateTerminated
{
    /// <summary>The code it ended with.</summary>
    [Field(1, "exitCode", Required = true)]
    public partial int ExitCode { get; init; }

    /// <summary>The signal that ended it.</summary>
    [Field(2, "signal", OmitEmpty = true)]
    public partial int Signal { get; init; }

    /// <summary>Why it ended, in one word.</summary>
    [Field(3, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it ended, for people.</summary>
    [Field(4, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    /// <summary>When it was started.</summary>
    [Field(5, "startedAt")]
    public partial Timestamp? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    [Field(6, "finishedAt")]
    public partial Timestamp? FinishedAt { get; init; }

    /// <summary>The runtime and the number it gave the container.</summary>
    [Field(7, "containerID", OmitEmpty = true)]
    public partial string ContainerID { get; init; }
}
