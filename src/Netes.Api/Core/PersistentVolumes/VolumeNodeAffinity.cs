using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeNodeAffinity")]
public sealed partial record VolumeNodeAffinity
{
    [Field(1, "required", OmitEmpty = true)]
    public partial NodeSelector? Required { get; init; }
}
