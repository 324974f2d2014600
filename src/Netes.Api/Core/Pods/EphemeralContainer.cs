using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.EphemeralContainer")]
public sealed partial record EphemeralContainer
{
    [Field(1, Inline = true)]
    public partial EphemeralContainerCommon EphemeralContainerCommon { get; init; }

    [Field(2, "targetContainerName", OmitEmpty = true)]
    public partial string TargetContainerName { get; init; }
}
