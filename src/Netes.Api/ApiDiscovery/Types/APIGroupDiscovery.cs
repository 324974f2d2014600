using Netes.Api.Meta;

namespace Netes.Api.ApiDiscovery;

[ApiType("io.k8s.api.apidiscovery.v2.APIGroupDiscovery")]
[ApiKind("apidiscovery.k8s.io", "v2", "APIGroupDiscovery")]
public sealed partial record APIGroupDiscovery : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "versions", OmitEmpty = true, ListType = "map", ListMapKeys = ["version"])]
    public partial ValueList<APIVersionDiscovery> Versions { get; init; }
}
