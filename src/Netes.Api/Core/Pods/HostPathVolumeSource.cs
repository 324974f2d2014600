using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.HostPathVolumeSource")]
public sealed partial record HostPathVolumeSource
{
    [Field(1, "path", Required = true)]
    public partial string Path { get; init; }

    [Field(2, "type", OmitEmpty = true, EnumOf = typeof(HostPathType))]
    public partial string? Type { get; init; }
}
