using Netes.Api.Meta;

namespace Netes.Api.ApiDiscovery;

[ApiType("io.k8s.api.apidiscovery.v2.APIResourceDiscovery")]
public sealed partial record APIResourceDiscovery
{
    [Field(1, "resource", Required = true)]
    public partial string Resource { get; init; }

    [Field(2, "responseKind", OmitEmpty = true)]
    public partial GroupVersionKind? ResponseKind { get; init; }

    [Field(3, "scope", Required = true, EnumOf = typeof(ResourceScope))]
    public partial string Scope { get; init; }

    [Field(4, "singularResource", Required = true)]
    public partial string SingularResource { get; init; }

    [Field(5, "verbs", Required = true, ListType = "set")]
    public partial ValueList<string> Verbs { get; init; }

    [Field(6, "shortNames", OmitEmpty = true, ListType = "set")]
    public partial ValueList<string> ShortNames { get; init; }

    [Field(7, "categories", OmitEmpty = true, ListType = "set")]
    public partial ValueList<string> Categories { get; init; }

    [Field(8, "subresources", OmitEmpty = true, ListType = "map", ListMapKeys = ["subresource"])]
    public partial ValueList<APISubresourceDiscovery> Subresources { get; init; }
}
