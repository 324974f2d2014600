using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ImageVolumeSource")]
public sealed partial record ImageVolumeSource
{
    [Field(1, "reference", OmitEmpty = true)]
    public partial string Reference { get; init; }

    [Field(2, "pullPolicy", OmitEmpty = true, EnumOf = typeof(PullPolicy))]
    public partial string PullPolicy { get; init; }
}
