namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ShardInfo")]
public sealed partial record ShardInfo
{
    [Field(1, "selector", Required = true)]
    public partial string Selector { get; init; }
}
