using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSelector")]
public sealed partial record NodeSelector
{
    [Field(1, "nodeSelectorTerms", Required = true, ListType = "atomic")]
    public partial ValueList<NodeSelectorTerm> NodeSelectorTerms { get; init; }
}
