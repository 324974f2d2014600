using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.WeightedPodAffinityTerm")]
public sealed partial record WeightedPodAffinityTerm
{
    [Field(1, "weight", Required = true)]
    public partial int Weight { get; init; }

    [Field(2, "podAffinityTerm", Required = true)]
    public partial PodAffinityTerm PodAffinityTerm { get; init; }
}
