using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Capabilities")]
public sealed partial record Capabilities
{
    [Field(1, "add", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Add { get; init; }

    [Field(2, "drop", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Drop { get; init; }
}
