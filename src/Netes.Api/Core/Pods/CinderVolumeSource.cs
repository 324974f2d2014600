using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.CinderVolumeSource")]
public sealed partial record CinderVolumeSource
{
    [Field(1, "volumeID", Required = true)]
    public partial string VolumeID { get; init; }

    [Field(2, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(3, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(4, "secretRef", OmitEmpty = true)]
    public partial LocalObjectReference? SecretRef { get; init; }
}
