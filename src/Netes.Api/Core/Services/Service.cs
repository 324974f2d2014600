using Netes.Api.Meta;
using Netes.Api.Networking;

namespace Netes.Api.Core;

/// <summary>One address for a set of pods.</summary>
[ApiType("io.k8s.api.core.v1.Service")]
[ApiKind("", "v1", "Service")]
public sealed partial record Service : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial ServiceSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial ServiceStatus Status { get; init; }
}

/// <summary>A list of objects of kind Service.</summary>
[ApiType("io.k8s.api.core.v1.ServiceList")]
[ApiKind("", "v1", "ServiceList")]
public sealed partial record ServiceList : IKubernetesList<Service>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Service> Items { get; init; }
}

/// <summary>Which pods stand behind the service, and how they are reached.</summary>
[ApiType("io.k8s.api.core.v1.ServiceSpec")]
public sealed partial record ServiceSpec
{
    /// <summary>The ports of the service.</summary>
    [Field(1, "ports", OmitEmpty = true, ListType = "map", ListMapKeys = ["port", "protocol"],
        PatchStrategy = "merge", PatchMergeKey = "port")]
    public partial ValueList<ServicePort> Ports { get; init; }

    /// <summary>Labels of the pods behind it; none means the endpoints are kept by hand.</summary>
    [Field(2, "selector", OmitEmpty = true, MapType = "atomic")]
    public partial ValueMap<string> Selector { get; init; }

    /// <summary>The address inside the cluster; None for a headless service.</summary>
    [Field(3, "clusterIP", OmitEmpty = true)]
    public partial string ClusterIP { get; init; }

    /// <summary>The addresses inside the cluster, one of each family.</summary>
    [Field(18, "clusterIPs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ClusterIPs { get; init; }

    /// <summary>ClusterIP, NodePort, LoadBalancer or ExternalName.</summary>
    [Field(4, "type", OmitEmpty = true, EnumOf = typeof(ServiceType))]
    public partial string Type { get; init; }

    /// <summary>Addresses outside the cluster that lead to the service.</summary>
    [Field(5, "externalIPs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ExternalIPs { get; init; }

    /// <summary>ClientIP sends a client to the same pod each time; None does not.</summary>
    [Field(7, "sessionAffinity", OmitEmpty = true, EnumOf = typeof(ServiceAffinity))]
    public partial string SessionAffinity { get; init; }

    /// <summary>Deprecated: the address a load balancer should have.</summary>
    [Field(8, "loadBalancerIP", OmitEmpty = true)]
    public partial string LoadBalancerIP { get; init; }

    /// <summary>The clients that a load balancer lets in.</summary>
    [Field(9, "loadBalancerSourceRanges", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> LoadBalancerSourceRanges { get; init; }

    /// <summary>The DNS name that an ExternalName service stands for.</summary>
    [Field(10, "externalName", OmitEmpty = true)]
    public partial string ExternalName { get; init; }

    /// <summary>Cluster, or Local, which keeps the client's address and the traffic on its node.</summary>
    [Field(11, "externalTrafficPolicy", OmitEmpty = true, EnumOf = typeof(ServiceExternalTrafficPolicy))]
    public partial string ExternalTrafficPolicy { get; init; }

    /// <summary>The port where load balancers ask which nodes have pods.</summary>
    [Field(12, "healthCheckNodePort", OmitEmpty = true)]
    public partial int HealthCheckNodePort { get; init; }

    /// <summary>True announces pods that are not ready.</summary>
    [Field(13, "publishNotReadyAddresses", OmitEmpty = true)]
    public partial bool PublishNotReadyAddresses { get; init; }

    /// <summary>Settings of session affinity.</summary>
    [Field(14, "sessionAffinityConfig", OmitEmpty = true)]
    public partial SessionAffinityConfig? SessionAffinityConfig { get; init; }

    /// <summary>IPv4, IPv6, or both.</summary>
    [Field(19, "ipFamilies", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(IPFamily))]
    public partial ValueList<string> IPFamilies { get; init; }

    /// <summary>SingleStack, PreferDualStack or RequireDualStack.</summary>
    [Field(17, "ipFamilyPolicy", OmitEmpty = true, EnumOf = typeof(IPFamilyPolicy))]
    public partial string? IPFamilyPolicy { get; init; }

    /// <summary>False gives a load balancer no node ports.</summary>
    [Field(20, "allocateLoadBalancerNodePorts", OmitEmpty = true)]
    public partial bool? AllocateLoadBalancerNodePorts { get; init; }

    /// <summary>The load balancer that serves this service.</summary>
    [Field(21, "loadBalancerClass", OmitEmpty = true)]
    public partial string? LoadBalancerClass { get; init; }

    /// <summary>Cluster, or Local, which uses pods of the same node only.</summary>
    [Field(22, "internalTrafficPolicy", OmitEmpty = true, EnumOf = typeof(ServiceInternalTrafficPolicy))]
    public partial string? InternalTrafficPolicy { get; init; }

    /// <summary>Which pods are preferred, such as those close by.</summary>
    [Field(23, "trafficDistribution", OmitEmpty = true)]
    public partial string? TrafficDistribution { get; init; }
}

/// <summary>What has become of a service.</summary>
[ApiType("io.k8s.api.core.v1.ServiceStatus")]
public sealed partial record ServiceStatus
{
    /// <summary>The state of the load balancer.</summary>
    [Field(1, "loadBalancer", OmitEmpty = true)]
    public partial LoadBalancerStatus LoadBalancer { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(2, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<Condition> Conditions { get; init; }
}

[ApiType("io.k8s.api.core.v1.ClientIPConfig")]
public sealed partial record ClientIPConfig
{
    [Field(1, "timeoutSeconds", OmitEmpty = true)]
    public partial int? TimeoutSeconds { get; init; }
}

/// <summary>The values of <c>IPFamily</c>.</summary>
public static class IPFamily
{
    public const string Empty = "";
    public const string IPv4 = "IPv4";
    public const string IPv6 = "IPv6";
}

/// <summary>The values of <c>IPFamilyPolicy</c>.</summary>
public static class IPFamilyPolicy
{
    public const string PreferDualStack = "PreferDualStack";
    public const string RequireDualStack = "RequireDualStack";
    public const string SingleStack = "SingleStack";
}

/// <summary>The values of <c>LoadBalancerIPMode</c>.</summary>
public static class LoadBalancerIPMode
{
    public const string Proxy = "Proxy";
    public const string VIP = "VIP";
}

[ApiType("io.k8s.api.core.v1.LoadBalancerIngress")]
public sealed partial record LoadBalancerIngress
{
    [Field(1, "ip", OmitEmpty = true)]
    public partial string IP { get; init; }

    [Field(2, "hostname", OmitEmpty = true)]
    public partial string Hostname { get; init; }

    [Field(3, "ipMode", OmitEmpty = true, EnumOf = typeof(LoadBalancerIPMode))]
    public partial string? IPMode { get; init; }

    [Field(4, "ports", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PortStatus> Ports { get; init; }
}

[ApiType("io.k8s.api.core.v1.LoadBalancerStatus")]
public sealed partial record LoadBalancerStatus
{
    [Field(1, "ingress", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<LoadBalancerIngress> Ingress { get; init; }
}

[ApiType("io.k8s.api.core.v1.PortStatus")]
public sealed partial record PortStatus
{
    [Field(1, "port", Required = true)]
    public partial int Port { get; init; }

    [Field(2, "protocol", Required = true, EnumOf = typeof(Protocol))]
    public partial string Protocol { get; init; }

    [Field(3, "error", OmitEmpty = true)]
    public partial string? Error { get; init; }
}

/// <summary>The values of <c>ServiceAffinity</c>.</summary>
public static class ServiceAffinity
{
    public const string ClientIP = "ClientIP";
    public const string None = "None";
}

/// <summary>The values of <c>ServiceExternalTrafficPolicy</c>.</summary>
public static class ServiceExternalTrafficPolicy
{
    public const string Cluster = "Cluster";
    public const string Local = "Local";
}

/// <summary>The values of <c>ServiceInternalTrafficPolicy</c>.</summary>
public static class ServiceInternalTrafficPolicy
{
    public const string Cluster = "Cluster";
    public const string Local = "Local";
}

/// <summary>A port of a service.</summary>
[ApiType("io.k8s.api.core.v1.ServicePort")]
public sealed partial record ServicePort
{
    /// <summary>The name of the port; needed when there are several.</summary>
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    /// <summary>TCP, UDP or SCTP.</summary>
    [Field(2, "protocol", OmitEmpty = true, Default = "\"TCP\"", EnumOf = typeof(Protocol))]
    public partial string Protocol { get; init; }

    /// <summary>The protocol on top, as a hint.</summary>
    [Field(6, "appProtocol", OmitEmpty = true)]
    public partial string? AppProtocol { get; init; }

    /// <summary>The port of the service.</summary>
    [Field(3, "port", Required = true)]
    public partial int Port { get; init; }

    /// <summary>The port of the pods, by number or by name.</summary>
    [Field(4, "targetPort", OmitEmpty = true)]
    public partial IntOrString TargetPort { get; init; }

    /// <summary>The port of every node that leads to the service.</summary>
    [Field(5, "nodePort", OmitEmpty = true)]
    public partial int NodePort { get; init; }
}

/// <summary>The values of <c>ServiceType</c>.</summary>
public static class ServiceType
{
    public const string ClusterIP = "ClusterIP";
    public const string ExternalName = "ExternalName";
    public const string LoadBalancer = "LoadBalancer";
    public const string NodePort = "NodePort";
}

[ApiType("io.k8s.api.core.v1.SessionAffinityConfig")]
public sealed partial record SessionAffinityConfig
{
    [Field(1, "clientIP", OmitEmpty = true)]
    public partial ClientIPConfig? ClientIP { get; init; }
}
