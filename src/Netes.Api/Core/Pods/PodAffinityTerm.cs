using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodAffinityTerm")]
public sealed partial record PodAffinityTerm
{
    [Field(1, "labelSelector", OmitEmpty = true)]
    public partial LabelSelector? LabelSelector { get; init; }

    [Field(2, "namespaces", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Namespaces { get; init; }

    [Field(3, "topologyKey", Required = true)]
    public partial string TopologyKey { get; init; }

    [Field(4, "namespaceSelector", OmitEmpty = true)]
    public partial LabelSelector? NamespaceSelector { get; init; }

    [Field(5, "matchLabelKeys", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> MatchLabelKeys { get; init; }

    [Field(6, "mismatchLabelKeys", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> MismatchLabelKeys { get; init; }
}
