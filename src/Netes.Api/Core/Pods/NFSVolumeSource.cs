using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NFSVolumeSource")]
public sealed partial record NFSVolumeSource
{
    [Field(1, "server", Required = true)]
    public partial string Server { get; init; }

    [Field(2, "path", Required = true)]
    public partial string Path { get; init; }

    [Field(3, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }
}
