using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStateTerminated")]
public sealed partial record ContainerStateTerminated
{
    [Field(1, "exitCode", Required = true)]
    public partial int ExitCode { get; init; }

    [Field(2, "signal", OmitEmpty = true)]
    public partial int Signal { get; init; }

    [Field(3, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(4, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(5, "startedAt")]
    public partial Timestamp? StartedAt { get; init; }

    [Field(6, "finishedAt")]
    public partial Timestamp? FinishedAt { get; init; }

    [Field(7, "containerID", OmitEmpty = true)]
    public partial string ContainerID { get; init; }
}
