using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Discovery;

/// <summary>Addresses of pods behind a service.</summary>
[ApiType("io.k8s.api.discovery.v1.EndpointSlice")]
[ApiKind("discovery.k8s.io", "v1", "EndpointSlice")]
public sealed partial record EndpointSlice : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>IPv4, IPv6 or FQDN.</summary>
    [Field(4, "addressType", Required = true)]
    public partial string AddressType { get; init; }

    /// <summary>The addresses.</summary>
    [Field(2, "endpoints", ListType = "atomic")]
    public partial ValueList<Endpoint> Endpoints { get; init; }

    /// <summary>The ports of the addresses.</summary>
    [Field(3, "ports", ListType = "atomic")]
    public partial ValueList<EndpointPort> Ports { get; init; }
}

/// <summary>A list of objects of kind EndpointSlice.</summary>
[ApiType("io.k8s.api.discovery.v1.EndpointSliceList")]
[ApiKind("discovery.k8s.io", "v1", "EndpointSliceList")]
public sealed partial record EndpointSliceList : IKubernetesList<EndpointSlice>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<EndpointSlice> Items { get; init; }
}

[ApiType("io.k8s.api.discovery.v1.Endpoint")]
public sealed partial record Endpoint
{
    [Field(1, "addresses", Required = true, ListType = "set")]
    public partial ValueList<string> Addresses { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(2, "conditions", OmitEmpty = true)]
    public partial EndpointConditions Conditions { get; init; }

    [Field(3, "hostname", OmitEmpty = true)]
    public partial string? Hostname { get; init; }

    [Field(4, "targetRef", OmitEmpty = true)]
    public partial ObjectReference? TargetRef { get; init; }

    [Field(5, "deprecatedTopology", OmitEmpty = true)]
    public partial ValueMap<string> DeprecatedTopology { get; init; }

    [Field(6, "nodeName", OmitEmpty = true)]
    public partial string? NodeName { get; init; }

    [Field(7, "zone", OmitEmpty = true)]
    public partial string? Zone { get; init; }

    [Field(8, "hints", OmitEmpty = true)]
    public partial EndpointHints? Hints { get; init; }
}

[ApiType("io.k8s.api.discovery.v1.EndpointConditions")]
public sealed partial record EndpointConditions
{
    [Field(1, "ready", OmitEmpty = true)]
    public partial bool? Ready { get; init; }

    [Field(2, "serving", OmitEmpty = true)]
    public partial bool? Serving { get; init; }

    [Field(3, "terminating", OmitEmpty = true)]
    public partial bool? Terminating { get; init; }
}

[ApiType("io.k8s.api.discovery.v1.EndpointHints")]
public sealed partial record EndpointHints
{
    [Field(1, "forZones", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ForZone> ForZones { get; init; }

    [Field(2, "forNodes", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ForNode> ForNodes { get; init; }
}

[ApiType("io.k8s.api.discovery.v1.EndpointPort")]
public sealed partial record EndpointPort
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string? Name { get; init; }

    [Field(2, "protocol", OmitEmpty = true, EnumOf = typeof(Protocol))]
    public partial string? Protocol { get; init; }

    [Field(3, "port", OmitEmpty = true)]
    public partial int? Port { get; init; }

    [Field(4, "appProtocol", OmitEmpty = true)]
    public partial string? AppProtocol { get; init; }
}

[ApiType("io.k8s.api.discovery.v1.ForNode")]
public sealed partial record ForNode
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }
}

[ApiType("io.k8s.api.discovery.v1.ForZone")]
public sealed partial record ForZone
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }
}
