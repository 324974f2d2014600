using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerState")]
public sealed partial record ContainerState
{
    [Field(1, "waiting", OmitEmpty = true)]
    public partial ContainerStateWaiting? Waiting { get; init; }

    [Field(2, "running", OmitEmpty = true)]
    public partial ContainerStateRunning? Running { get; init; }

    [Field(3, "terminated", OmitEmpty = true)]
    public partial ContainerStateTerminated? Terminated { get; init; }
}
