using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeStatus")]
public sealed partial record VolumeStatus
{
    [Field(1, "image", OmitEmpty = true)]
    public partial ImageVolumeStatus? Image { get; init; }
}
