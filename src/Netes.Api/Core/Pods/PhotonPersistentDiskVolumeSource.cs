using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource")]
public sealed partial record PhotonPersistentDiskVolumeSource
{
    [Field(1, "pdID", Required = true)]
    public partial string PdID { get; init; }

    [Field(2, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }
}
