namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent")]
public sealed partial record WatchEvent
{
    [Field(1, "type", Required = true)]
    public partial string Type { get; init; }

    [Field(2, "object", Required = true)]
    public partial RawJson? Object { get; init; }
}
