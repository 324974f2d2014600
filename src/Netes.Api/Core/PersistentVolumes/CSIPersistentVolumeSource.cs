using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.CSIPersistentVolumeSource")]
public sealed partial record CSIPersistentVolumeSource
{
    [Field(1, "driver", Required = true)]
    public partial string Driver { get; init; }

    [Field(2, "volumeHandle", Required = true)]
    public partial string VolumeHandle { get; init; }

    [Field(3, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(4, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(5, "volumeAttributes", OmitEmpty = true)]
    public partial ValueMap<string> VolumeAttributes { get; init; }

    [Field(6, "controllerPublishSecretRef", OmitEmpty = true)]
    public partial SecretReference? ControllerPublishSecretRef { get; init; }

    [Field(7, "nodeStageSecretRef", OmitEmpty = true)]
    public partial SecretReference? NodeStageSecretRef { get; init; }

    [Field(8, "nodePublishSecretRef", OmitEmpty = true)]
    public partial SecretReference? NodePublishSecretRef { get; init; }

    [Field(9, "controllerExpandSecretRef", OmitEmpty = true)]
    public partial SecretReference? ControllerExpandSecretRef { get; init; }

    [Field(10, "nodeExpandSecretRef", OmitEmpty = true)]
    public partial SecretReference? NodeExpandSecretRef { get; init; }
}
