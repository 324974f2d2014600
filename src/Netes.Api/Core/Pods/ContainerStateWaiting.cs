using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStateWaiting")]
public sealed partial record ContainerStateWaiting
{
    [Field(1, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(2, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
