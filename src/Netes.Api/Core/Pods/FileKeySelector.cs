using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.FileKeySelector")]
public sealed partial record FileKeySelector
{
    [Field(1, "volumeName", Required = true)]
    public partial string VolumeName { get; init; }

    [Field(2, "path", Required = true)]
    public partial string Path { get; init; }

    [Field(3, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(4, "optional", OmitEmpty = true, Default = "false")]
    public partial bool? Optional { get; init; }
}
