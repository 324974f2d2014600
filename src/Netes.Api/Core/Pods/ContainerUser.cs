using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerUser")]
public sealed partial record ContainerUser
{
    [Field(1, "linux", OmitEmpty = true)]
    public partial LinuxContainerUser? Linux { get; init; }
}
