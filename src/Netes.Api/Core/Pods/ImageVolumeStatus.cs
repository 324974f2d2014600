using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ImageVolumeStatus")]
public sealed partial record ImageVolumeStatus
{
    [Field(1, "imageRef", OmitEmpty = true, Required = true)]
    public partial string ImageRef { get; init; }
}
