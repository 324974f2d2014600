namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionResource")]
public sealed partial record GroupVersionResource
{
    [Field(1, "group", Required = true)]
    public partial string Group { get; init; }

    [Field(2, "version", Required = true)]
    public partial string Version { get; init; }

    [Field(3, "resource", Required = true)]
    public partial string Resource { get; init; }
}
