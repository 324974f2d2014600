namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource")]
public sealed partial record GroupResource
{
    [Field(1, "group", Required = true)]
    public partial string Group { get; init; }

    [Field(2, "resource", Required = true)]
    public partial string Resource { get; init; }
}
