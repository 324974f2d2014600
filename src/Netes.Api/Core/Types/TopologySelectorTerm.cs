using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.TopologySelectorTerm")]
public sealed partial record TopologySelectorTerm
{
    [Field(1, "matchLabelExpressions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<TopologySelectorLabelRequirement> MatchLabelExpressions { get; init; }
}
