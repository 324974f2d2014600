namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList")]
[ApiKind("", "v1", "APIGroupList")]
public sealed partial record APIGroupList
{
    [Field(1, "groups", Required = true, ListType = "atomic")]
    public partial ValueList<APIGroup> Groups { get; init; }
}
