using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.QuobyteVolumeSource")]
public sealed partial record QuobyteVolumeSource
{
    [Field(1, "registry", Required = true)]
    public partial string Registry { get; init; }

    [Field(2, "volume", Required = true)]
    public partial string Volume { get; init; }

    [Field(3, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(4, "user", OmitEmpty = true)]
    public partial string User { get; init; }

    [Field(5, "group", OmitEmpty = true)]
    public partial string Group { get; init; }

    [Field(6, "tenant", OmitEmpty = true)]
    public partial string Tenant { get; init; }
}
