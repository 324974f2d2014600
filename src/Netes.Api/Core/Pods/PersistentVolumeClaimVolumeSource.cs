using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource")]
public sealed partial record PersistentVolumeClaimVolumeSource
{
    [Field(1, "claimName", Required = true)]
    public partial string ClaimName { get; init; }

    [Field(2, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }
}
