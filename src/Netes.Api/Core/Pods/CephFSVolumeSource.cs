using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.CephFSVolumeSource")]
public sealed partial record CephFSVolumeSource
{
    [Field(1, "monitors", Required = true, ListType = "atomic")]
    public partial ValueList<string> Monitors { get; init; }

    [Field(2, "path", OmitEmpty = true)]
    public partial string Path { get; init; }

    [Field(3, "user", OmitEmpty = true)]
    public partial string User { get; init; }

    [Field(4, "secretFile", OmitEmpty = true)]
    public partial string SecretFile { get; init; }

    [Field(5, "secretRef", OmitEmpty = true)]
    public partial LocalObjectReference? SecretRef { get; init; }

    [Field(6, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }
}
