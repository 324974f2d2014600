using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.LocalVolumeSource")]
public sealed partial record LocalVolumeSource
{
    [Field(1, "path", Required = true)]
    public partial string Path { get; init; }

    [Field(2, "fsType", OmitEmpty = true)]
    public partial string? FSType { get; init; }
}
