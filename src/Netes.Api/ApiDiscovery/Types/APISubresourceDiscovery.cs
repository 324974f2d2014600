using Netes.Api.Meta;

namespace Netes.Api.ApiDiscovery;

[ApiType("io.k8s.api.apidiscovery.v2.APISubresourceDiscovery")]
public sealed partial record APISubresourceDiscovery
{
    [Field(1, "subresource", Required = true)]
    public partial string Subresource { get; init; }

    [Field(2, "responseKind", OmitEmpty = true)]
    public partial GroupVersionKind? ResponseKind { get; init; }

    [Field(3, "acceptedTypes", OmitEmpty = true, ListType = "map", ListMapKeys = ["group", "version", "kind"])]
    public partial ValueList<GroupVersionKind> AcceptedTypes { get; init; }

    [Field(4, "verbs", Required = true, ListType = "set")]
    public partial ValueList<string> Verbs { get; init; }
}
