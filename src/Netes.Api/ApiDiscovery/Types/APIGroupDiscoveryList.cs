using Netes.Api.Meta;

namespace Netes.Api.ApiDiscovery;

[ApiType("io.k8s.api.apidiscovery.v2.APIGroupDiscoveryList")]
[ApiKind("apidiscovery.k8s.io", "v2", "APIGroupDiscoveryList")]
public sealed partial record APIGroupDiscoveryList : IKubernetesList<APIGroupDiscovery>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<APIGroupDiscovery> Items { get; init; }
}
