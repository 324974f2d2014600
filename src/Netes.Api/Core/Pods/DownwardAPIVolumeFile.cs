using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeFile")]
public sealed partial record DownwardAPIVolumeFile
{
    [Field(1, "path", Required = true)]
    public partial string Path { get; init; }

    [Field(2, "fieldRef", OmitEmpty = true)]
    public partial ObjectFieldSelector? FieldRef { get; init; }

    [Field(3, "resourceFieldRef", OmitEmpty = true)]
    public partial ResourceFieldSelector? ResourceFieldRef { get; init; }

    [Field(4, "mode", OmitEmpty = true)]
    public partial int? Mode { get; init; }
}
