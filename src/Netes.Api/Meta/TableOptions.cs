namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableOptions")]
[ApiKind("", "v1", "TableOptions")]
public sealed partial record TableOptions
{
    [Field(0, "-", Required = true)]
    public partial bool NoHeaders { get; init; }

    [Field(1, "includeObject", OmitEmpty = true, EnumOf = typeof(IncludeObjectPolicy))]
    public partial string IncludeObject { get; init; }
}
