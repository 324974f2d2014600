namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionKind")]
public sealed partial record GroupVersionKind
{
    [Field(1, "group", Required = true)]
    public partial string Group { get; init; }

    [Field(2, "version", Required = true)]
    public partial string Version { get; init; }

    [Field(3, "kind", Required = true)]
    public partial string Kind { get; init; }
}
