namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupKind")]
public sealed partial record GroupKind
{
    [Field(1, "group", Required = true)]
    public partial string Group { get; init; }

    [Field(2, "kind", Required = true)]
    public partial string Kind { get; init; }
}
