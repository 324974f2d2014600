namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.PatchOptions")]
[ApiKind("", "v1", "PatchOptions")]
public sealed partial record PatchOptions
{
    [Field(1, "dryRun", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> DryRun { get; init; }

    [Field(2, "force", OmitEmpty = true)]
    public partial bool? Force { get; init; }

    [Field(3, "fieldManager", OmitEmpty = true)]
    public partial string FieldManager { get; init; }

    [Field(4, "fieldValidation", OmitEmpty = true)]
    public partial string FieldValidation { get; init; }
}
