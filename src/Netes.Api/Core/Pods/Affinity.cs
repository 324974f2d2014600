using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Affinity")]
public sealed partial record Affinity
{
    [Field(1, "nodeAffinity", OmitEmpty = true)]
    public partial NodeAffinity? NodeAffinity { get; init; }

    [Field(2, "podAffinity", OmitEmpty = true)]
    public partial PodAffinity? PodAffinity { get; init; }

    [Field(3, "podAntiAffinity", OmitEmpty = true)]
    public partial PodAntiAffinity? PodAntiAffinity { get; init; }
}
