using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.EphemeralVolumeSource")]
public sealed partial record EphemeralVolumeSource
{
    [Field(1, "volumeClaimTemplate", OmitEmpty = true)]
    public partial PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; init; }
}
