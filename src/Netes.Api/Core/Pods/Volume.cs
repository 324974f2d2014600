using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Volume")]
public sealed partial record Volume
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, Inline = true)]
    public partial VolumeSource VolumeSource { get; init; }
}
