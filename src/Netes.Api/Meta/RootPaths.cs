namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.RootPaths")]
public sealed partial record RootPaths
{
    [Field(1, "paths", Required = true, ListType = "atomic")]
    public partial ValueList<string> Paths { get; init; }
}
