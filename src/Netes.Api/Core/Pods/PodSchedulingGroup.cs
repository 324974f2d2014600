using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodSchedulingGroup")]
public sealed partial record PodSchedulingGroup
{
    [Field(1, "podGroupName", OmitEmpty = true)]
    public partial string? PodGroupName { get; init; }
}
