using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>What a container is doing; one of them.</summary>
[ApiType("io.k8s.api.core.v1.ContainerState")]
public sealed partial record ContainerState
{
    /// <summary>It has not started yet.</summary>
    [Field(1, "waiting", OmitEmpty = true)]
    public partial ContainerStateWaiting? Waiting { get; init; }

    /// <summary>It runs.</summary>
    [Field(2, "running", OmitEmpty = true)]
    public partial ContainerStateRunning? Running { get; init; }

    /// <summary>It has ended.</summary>
    [Field(3, "terminated", OmitEmpty = true)]
    public partial ContainerStateTerminated? Terminated { get; init; }
}
