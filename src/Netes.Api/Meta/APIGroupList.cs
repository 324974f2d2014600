namespace Netes.Api.Meta;

/// <summary>A list of objects of kind APIGroup.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList")]
[ApiKind("", "v1", "APIGroupList")]
public sealed partial record APIGroupList
{
    [Field(1, "groups", Required = true, ListType = "atomic")]
    public partial ValueList<APIGroup> Groups { get; init; }
}
