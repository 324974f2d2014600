using Netes.Api.Meta;

namespace Netes.Api.ApiDiscovery;

/// <summary>A list of objects of kind APIGroupDiscovery.</summary>
[ApiType("io.k8s.api.apidiscovery.v2.APIGroupDiscoveryList")]
[ApiKind("apidiscovery.k8s.io", "v2", "APIGroupDiscoveryList")]
public sealed partial record APIGroupDiscoveryList : IKubernetesList<APIGroupDiscovery>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<APIGroupDiscovery> Items { get; init; }
}
