using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSelectorRequirement")]
public sealed partial record NodeSelectorRequirement
{
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(2, "operator", Required = true, EnumOf = typeof(NodeSelectorOperator))]
    public partial string Operator { get; init; }

    [Field(3, "values", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Values { get; init; }
}
