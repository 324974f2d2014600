using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.TopologySelectorLabelRequirement")]
public sealed partial record TopologySelectorLabelRequirement
{
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(2, "values", Required = true, ListType = "atomic")]
    public partial ValueList<string> Values { get; init; }
}
