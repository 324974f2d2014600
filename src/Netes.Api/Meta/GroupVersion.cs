namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersion")]
public sealed partial record GroupVersion
{
    [Field(1, "group", Required = true)]
    public partial string Group { get; init; }

    [Field(2, "version", Required = true)]
    public partial string Version { get; init; }
}
