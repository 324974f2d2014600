using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodAffinity")]
public sealed partial record PodAffinity
{
    [Field(1, "requiredDuringSchedulingIgnoredDuringExecution", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    [Field(2, "preferredDuringSchedulingIgnoredDuringExecution", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}
