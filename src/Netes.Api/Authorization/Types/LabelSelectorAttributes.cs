using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.LabelSelectorAttributes")]
public sealed partial record LabelSelectorAttributes
{
    [Field(1, "rawSelector", OmitEmpty = true)]
    public partial string RawSelector { get; init; }

    [Field(2, "requirements", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<LabelSelectorRequirement> Requirements { get; init; }
}
