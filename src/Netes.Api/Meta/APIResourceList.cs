namespace Netes.Api.Meta;

/// <summary>A list of objects of kind APIResource.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList")]
[ApiKind("", "v1", "APIResourceList")]
public sealed partial record APIResourceList
{
    [Field(1, "groupVersion", Required = true)]
    public partial string GroupVersion { get; init; }

    [Field(2, "resources", Required = true, ListType = "atomic")]
    public partial ValueList<APIResource> APIResources { get; init; }
}
