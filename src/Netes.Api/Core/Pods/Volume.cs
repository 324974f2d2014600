using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A directory that the containers of a pod can share.</summary>
[ApiType("io.k8s.api.core.v1.Volume")]
public sealed partial record Volume
{
    /// <summary>The name, unique in the pod.</summary>
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, Inline = true)]
    public partial VolumeSource VolumeSource { get; init; }
}
