using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A file or directory of the node.</summary>
[ApiType("io.k8s.api.core.v1.HostPathVolumeSource")]
public sealed partial record HostPathVolumeSource
{
    /// <summary>The path on the node.</summary>
    [Field(1, "path", Required = true)]
    public partial string Path { get; init; }

    /// <summary>What must be there, or is made.</summary>
    [Field(2, "type", OmitEmpty = true, EnumOf = typeof(HostPathType))]
    public partial string? Type { get; init; }
}
