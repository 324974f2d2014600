namespace Netes.Api.Meta;

/// <summary>
/// Selects objects by their labels; all conditions must hold, and an empty selector selects everything.
/// </summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector")]
public sealed partial record LabelSelector
{
    /// <summary>Labels that an object must have with exactly these values.</summary>
    [Field(1, "matchLabels", OmitEmpty = true)]
    public partial ValueMap<string> MatchLabels { get; init; }

    /// <summary>Conditions on labels.</summary>
    [Field(2, "matchExpressions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<LabelSelectorRequirement> MatchExpressions { get; init; }
}
