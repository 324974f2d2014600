namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.UpdateOptions")]
[ApiKind("", "v1", "UpdateOptions")]
public sealed partial record UpdateOptions
{
    [Field(1, "dryRun", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> DryRun { get; init; }

    [Field(2, "fieldManager", OmitEmpty = true)]
    public partial string FieldManager { get; init; }

    [Field(3, "fieldValidation", OmitEmpty = true)]
    public partial string FieldValidation { get; init; }
}
