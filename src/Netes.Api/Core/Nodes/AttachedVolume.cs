using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.AttachedVolume")]
public sealed partial record AttachedVolume
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "devicePath", Required = true)]
    public partial string DevicePath { get; init; }
}
