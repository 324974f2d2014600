using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.FieldSelectorAttributes")]
public sealed partial record FieldSelectorAttributes
{
    [Field(1, "rawSelector", OmitEmpty = true)]
    public partial string RawSelector { get; init; }

    [Field(2, "requirements", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<FieldSelectorRequirement> Requirements { get; init; }
}
