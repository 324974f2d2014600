using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A container that runs.</summary>
[ApiType("io.k8s.api.core.v1.ContainerStateRunning")]
public sealed partial record ContainerStateRunning
{
    /// <summary>When it was started.</summary>
    [Field(1, "startedAt")]
    public partial Timestamp? StartedAt { get; init; }
}
