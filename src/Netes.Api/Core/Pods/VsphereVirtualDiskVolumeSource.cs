using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource")]
public sealed partial record VsphereVirtualDiskVolumeSource
{
    [Field(1, "volumePath", Required = true)]
    public partial string VolumePath { get; init; }

    [Field(2, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(3, "storagePolicyName", OmitEmpty = true)]
    public partial string StoragePolicyName { get; init; }

    [Field(4, "storagePolicyID", OmitEmpty = true)]
    public partial string StoragePolicyID { get; init; }
}
