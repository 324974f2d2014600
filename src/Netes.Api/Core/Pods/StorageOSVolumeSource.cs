using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.StorageOSVolumeSource")]
public sealed partial record StorageOSVolumeSource
{
    [Field(1, "volumeName", OmitEmpty = true)]
    public partial string VolumeName { get; init; }

    [Field(2, "volumeNamespace", OmitEmpty = true)]
    public partial string VolumeNamespace { get; init; }

    [Field(3, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(4, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(5, "secretRef", OmitEmpty = true)]
    public partial LocalObjectReference? SecretRef { get; init; }
}
