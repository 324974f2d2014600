using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.FlexVolumeSource")]
public sealed partial record FlexVolumeSource
{
    [Field(1, "driver", Required = true)]
    public partial string Driver { get; init; }

    [Field(2, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(3, "secretRef", OmitEmpty = true)]
    public partial LocalObjectReference? SecretRef { get; init; }

    [Field(4, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(5, "options", OmitEmpty = true)]
    public partial ValueMap<string> Options { get; init; }
}
