using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.CSIVolumeSource")]
public sealed partial record CSIVolumeSource
{
    [Field(1, "driver", Required = true)]
    public partial string Driver { get; init; }

    [Field(2, "readOnly", OmitEmpty = true)]
    public partial bool? ReadOnly { get; init; }

    [Field(3, "fsType", OmitEmpty = true)]
    public partial string? FSType { get; init; }

    [Field(4, "volumeAttributes", OmitEmpty = true)]
    public partial ValueMap<string> VolumeAttributes { get; init; }

    [Field(5, "nodePublishSecretRef", OmitEmpty = true)]
    public partial LocalObjectReference? NodePublishSecretRef { get; init; }
}
