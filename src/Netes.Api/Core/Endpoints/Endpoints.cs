using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Endpoints")]
[ApiKind("", "v1", "Endpoints")]
public sealed partial record Endpoints : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "subsets", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<EndpointSubset> Subsets { get; init; }
}

/// <summary>A list of objects of kind Endpoints.</summary>
[ApiType("io.k8s.api.core.v1.EndpointsList")]
[ApiKind("", "v1", "EndpointsList")]
public sealed partial record EndpointsList : IKubernetesList<Endpoints>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Endpoints> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.EndpointAddress")]
public sealed partial record EndpointAddress
{
    [Field(1, "ip", Required = true)]
    public partial string IP { get; init; }

    [Field(3, "hostname", OmitEmpty = true)]
    public partial string Hostname { get; init; }

    [Field(4, "nodeName", OmitEmpty = true)]
    public partial string? NodeName { get; init; }

    [Field(2, "targetRef", OmitEmpty = true)]
    public partial ObjectReference? TargetRef { get; init; }
}

[ApiType("io.k8s.api.core.v1.EndpointPort")]
public sealed partial record EndpointPort
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(2, "port", Required = true)]
    public partial int Port { get; init; }

    [Field(3, "protocol", OmitEmpty = true, EnumOf = typeof(Protocol))]
    public partial string Protocol { get; init; }

    [Field(4, "appProtocol", OmitEmpty = true)]
    public partial string? AppProtocol { get; init; }
}

[ApiType("io.k8s.api.core.v1.EndpointSubset")]
public sealed partial record EndpointSubset
{
    [Field(1, "addresses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<EndpointAddress> Addresses { get; init; }

    [Field(2, "notReadyAddresses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<EndpointAddress> NotReadyAddresses { get; init; }

    [Field(3, "ports", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<EndpointPort> Ports { get; init; }
}
