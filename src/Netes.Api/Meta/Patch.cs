namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Patch")]
public sealed partial record Patch
{
}
