using Netes.Api.Meta;

namespace Netes.Api.ApiDiscovery;

[ApiType("io.k8s.api.apidiscovery.v2.APIVersionDiscovery")]
public sealed partial record APIVersionDiscovery
{
    [Field(1, "version", Required = true)]
    public partial string Version { get; init; }

    [Field(2, "resources", OmitEmpty = true, ListType = "map", ListMapKeys = ["resource"])]
    public partial ValueList<APIResourceDiscovery> Resources { get; init; }

    [Field(3, "freshness", OmitEmpty = true, EnumOf = typeof(DiscoveryFreshness))]
    public partial string Freshness { get; init; }
}
