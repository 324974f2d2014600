namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ApplyOptions")]
[ApiKind("", "v1", "ApplyOptions")]
public sealed partial record ApplyOptions
{
    [Field(1, "dryRun", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> DryRun { get; init; }

    [Field(2, "force", Required = true)]
    public partial bool Force { get; init; }

    [Field(3, "fieldManager", Required = true)]
    public partial string FieldManager { get; init; }
}
