using Netes.Api.Meta;
using Netes.Api.Networking;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Service")]
[ApiKind("", "v1", "Service")]
public sealed partial record Service : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial ServiceSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial ServiceStatus Status { get; init; }
}

[ApiType("io.k8s.api.core.v1.ServiceList")]
[ApiKind("", "v1", "ServiceList")]
public sealed partial record ServiceList : IKubernetesList<Service>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<Service> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.ServiceSpec")]
public sealed partial record ServiceSpec
{
    [Field(1, "ports", OmitEmpty = true, ListType = "map", ListMapKeys = ["port", "protocol"],
        PatchStrategy = "merge", PatchMergeKey = "port")]
    public partial ValueList<ServicePort> Ports { get; init; }

    [Field(2, "selector", OmitEmpty = true, MapType = "atomic")]
    public partial ValueMap<string> Selector { get; init; }

    [Field(3, "clusterIP", OmitEmpty = true)]
    public partial string ClusterIP { get; init; }

    [Field(18, "clusterIPs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ClusterIPs { get; init; }

    [Field(4, "type", OmitEmpty = true, EnumOf = typeof(ServiceType))]
    public partial string Type { get; init; }

    [Field(5, "externalIPs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ExternalIPs { get; init; }

    [Field(7, "sessionAffinity", OmitEmpty = true, EnumOf = typeof(ServiceAffinity))]
    public partial string SessionAffinity { get; init; }

    [Field(8, "loadBalancerIP", OmitEmpty = true)]
    public partial string LoadBalancerIP { get; init; }

    [Field(9, "loadBalancerSourceRanges", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> LoadBalancerSourceRanges { get; init; }

    [Field(10, "externalName", OmitEmpty = true)]
    public partial string ExternalName { get; init; }

    [Field(11, "externalTrafficPolicy", OmitEmpty = true, EnumOf = typeof(ServiceExternalTrafficPolicy))]
    public partial string ExternalTrafficPolicy { get; init; }

    [Field(12, "healthCheckNodePort", OmitEmpty = true)]
    public partial int HealthCheckNodePort { get; init; }

    [Field(13, "publishNotReadyAddresses", OmitEmpty = true)]
    public partial bool PublishNotReadyAddresses { get; init; }

    [Field(14, "sessionAffinityConfig", OmitEmpty = true)]
    public partial SessionAffinityConfig? SessionAffinityConfig { get; init; }

    [Field(19, "ipFamilies", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(IPFamily))]
    public partial ValueList<string> IPFamilies { get; init; }

    [Field(17, "ipFamilyPolicy", OmitEmpty = true, EnumOf = typeof(IPFamilyPolicy))]
    public partial string? IPFamilyPolicy { get; init; }

    [Field(20, "allocateLoadBalancerNodePorts", OmitEmpty = true)]
    public partial bool? AllocateLoadBalancerNodePorts { get; init; }

    [Field(21, "loadBalancerClass", OmitEmpty = true)]
    public partial string? LoadBalancerClass { get; init; }

    [Field(22, "internalTrafficPolicy", OmitEmpty = true, EnumOf = typeof(ServiceInternalTrafficPolicy))]
    public partial string? InternalTrafficPolicy { get; init; }

    [Field(23, "trafficDistribution", OmitEmpty = true)]
    public partial string? TrafficDistribution { get; init; }
}

[ApiType("io.k8s.api.core.v1.ServiceStatus")]
public sealed partial record ServiceStatus
{
    [Field(1, "loadBalancer", OmitEmpty = true)]
    public partial LoadBalancerStatus LoadBalancer { get; init; }

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

[ApiType("io.k8s.api.core.v1.ServicePort")]
public sealed partial record ServicePort
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(2, "protocol", OmitEmpty = true, Default = "\"TCP\"", EnumOf = typeof(Protocol))]
    public partial string Protocol { get; init; }

    [Field(6, "appProtocol", OmitEmpty = true)]
    public partial string? AppProtocol { get; init; }

    [Field(3, "port", Required = true)]
    public partial int Port { get; init; }

    [Field(4, "targetPort", OmitEmpty = true)]
    public partial IntOrString TargetPort { get; init; }

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
