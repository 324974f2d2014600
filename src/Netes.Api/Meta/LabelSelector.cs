namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector")]
public sealed partial record LabelSelector
{
    [Field(1, "matchLabels", OmitEmpty = true)]
    public partial ValueMap<string> MatchLabels { get; init; }

    [Field(2, "matchExpressions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<LabelSelectorRequirement> MatchExpressions { get; init; }
}
