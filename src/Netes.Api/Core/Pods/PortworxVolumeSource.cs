using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PortworxVolumeSource")]
public sealed partial record PortworxVolumeSource
{
    [Field(1, "volumeID", Required = true)]
    public partial string VolumeID { get; init; }

    [Field(2, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(3, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }
}
