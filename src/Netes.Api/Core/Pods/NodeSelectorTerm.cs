using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSelectorTerm")]
public sealed partial record NodeSelectorTerm
{
    [Field(1, "matchExpressions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NodeSelectorRequirement> MatchExpressions { get; init; }

    [Field(2, "matchFields", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NodeSelectorRequirement> MatchFields { get; init; }
}
