namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GetOptions")]
[ApiKind("", "v1", "GetOptions")]
public sealed partial record GetOptions
{
    [Field(1, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }
}
