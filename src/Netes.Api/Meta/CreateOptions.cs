namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.CreateOptions")]
[ApiKind("", "v1", "CreateOptions")]
public sealed partial record CreateOptions
{
    [Field(1, "dryRun", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> DryRun { get; init; }

    [Field(3, "fieldManager", OmitEmpty = true)]
    public partial string FieldManager { get; init; }

    [Field(4, "fieldValidation", OmitEmpty = true)]
    public partial string FieldValidation { get; init; }
}
