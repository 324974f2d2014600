namespace Netes.Api.Core;

/// <summary>
/// What a service gets by itself, short of addresses and node ports, which the API server allocates between
/// PrepareCreate and Validate. Source: SetDefaults_Service of pkg/apis/core/v1/defaults.go,
/// pkg/registry/core/service/strategy.go.
/// </summary>
public static class ServiceRules
{
    public const string Headless = "None";
    private const int AffinitySeconds = 10800;

    public static ValueList<SelectableField<Service>> Fields { get; } =
    [
        new("spec.clusterIP", static service => service.Spec.ClusterIP),
        new("spec.type", static service => service.Spec.Type),
    ];

    public static Service Default(Service service)
    {
        var spec = service.Spec;
        spec = spec with
        {
            Type = spec.Type.Length == 0 ? ServiceType.ClusterIP : spec.Type,
            SessionAffinity = spec.SessionAffinity.Length == 0 ? ServiceAffinity.None : spec.SessionAffinity,
            Ports = spec.Ports.Map(DefaultPort),
        };
        spec = spec with
        {
            SessionAffinityConfig = DefaultAffinity(spec),
            ExternalTrafficPolicy = IsExternallyAccessible(spec) && spec.ExternalTrafficPolicy.Length == 0
                ? ServiceExternalTrafficPolicy.Cluster
                : spec.ExternalTrafficPolicy,
            InternalTrafficPolicy = spec.InternalTrafficPolicy
                ?? (HasClusterIP(spec.Type) ? ServiceInternalTrafficPolicy.Cluster : null),
            AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts
                ?? (spec.Type == ServiceType.LoadBalancer ? true : null),
        };
        return service with { Spec = spec, Status = DefaultStatus(spec, service.Status) };
    }

    public static Service PrepareCreate(Service service) => service with
    {
        Status = ServiceStatus.Empty,
        Spec = service.Spec.ClusterIP.Length > 0 && service.Spec.ClusterIPs.IsEmpty
            ? service.Spec with { ClusterIPs = [service.Spec.ClusterIP] }
            : service.Spec,
    };

    public static Service PrepareUpdate(Service next, Service old) => next with
    {
        Spec = DropForType(NormalizeAddresses(KeepAllocated(next.Spec, old.Spec), old.Spec), old.Spec),
    };

    public static IEnumerable<string> Warnings(Service service)
    {
        if (service.Spec.ExternalIPs.Any(ip => ip.Length > 0 && ip[0] == '0'))
        {
            yield return "spec.externalIPs: leading zeros in IP addresses are ambiguous";
        }

        if (service.Spec.Type == ServiceType.ExternalName && !service.Spec.ExternalIPs.IsEmpty)
        {
            yield return "spec.externalIPs is ignored when spec.type is \"ExternalName\"";
        }

        if (service.Spec.Type != ServiceType.ExternalName && service.Spec.ExternalName.Length > 0)
        {
            yield return "spec.externalName is ignored when spec.type is not \"ExternalName\"";
        }

        if (service.Spec.SessionAffinity == ServiceAffinity.ClientIP && IsHeadless(service.Spec))
        {
            yield return "spec.SessionAffinity is ignored for headless services";
        }
    }

    /// <summary>
    /// What is wrong with the addresses, their families and policy. The API server asks before it gives addresses.
    /// Source: ValidateServiceClusterIPsRelatedFields.
    /// </summary>
    public static List<FieldError> AddressErrors(ServiceSpec spec)
    {
        List<FieldError> errors = [];
        ServiceAddresses.Validate(spec, errors);
        return errors;
    }

    public static bool IsHeadless(ServiceSpec spec) =>
        spec.ClusterIPs.Count == 1 ? spec.ClusterIPs[0] == Headless : spec.ClusterIP == Headless;

    /// <summary>Reached from outside of the cluster: by node port, load balancer or external address.</summary>
    public static bool IsExternallyAccessible(ServiceSpec spec) =>
        spec.Type is ServiceType.LoadBalancer or ServiceType.NodePort
        || (spec.Type == ServiceType.ClusterIP && !spec.ExternalIPs.IsEmpty);

    public static bool NeedsHealthCheck(ServiceSpec spec) => spec is
    {
        Type: ServiceType.LoadBalancer,
        ExternalTrafficPolicy: ServiceExternalTrafficPolicy.Local,
    };

    public static bool HasClusterIP(string type) =>
        type is ServiceType.ClusterIP or ServiceType.NodePort or ServiceType.LoadBalancer;

    public static bool HasNodePorts(ServiceSpec spec) => spec.Type is ServiceType.NodePort
        || spec is { Type: ServiceType.LoadBalancer, AllocateLoadBalancerNodePorts: not false };

    private static ServicePort DefaultPort(ServicePort port) => port with
    {
        Protocol = port.Protocol.Length == 0 ? Protocol.TCP : port.Protocol,
        TargetPort = port.TargetPort == 0 || port.TargetPort == "" ? port.Port : port.TargetPort,
    };

    private static SessionAffinityConfig? DefaultAffinity(ServiceSpec spec) => spec.SessionAffinity switch
    {
        ServiceAffinity.None => null,
        ServiceAffinity.ClientIP when spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is null =>
            SessionAffinityConfig.Empty with
            {
                ClientIP = ClientIPConfig.Empty with { TimeoutSeconds = AffinitySeconds },
            },
        _ => spec.SessionAffinityConfig,
    };

    private static ServiceStatus DefaultStatus(ServiceSpec spec, ServiceStatus status) =>
        spec.Type != ServiceType.LoadBalancer ? status : status with
        {
            LoadBalancer = status.LoadBalancer with
            {
                Ingress = status.LoadBalancer.Ingress.Map(static ingress => ingress is { IP.Length: > 0, IPMode: null }
                    ? ingress with { IPMode = LoadBalancerIPMode.VIP }
                    : ingress),
            },
        };

    // A client that writes back a spec without what was allocated means to keep it. Source: patchAllocatedValues.
    private static ServiceSpec KeepAllocated(ServiceSpec next, ServiceSpec old)
    {
        if (HasClusterIP(old.Type) && HasClusterIP(next.Type))
        {
            next = next with
            {
                ClusterIP = next.ClusterIP.Length == 0 ? old.ClusterIP : next.ClusterIP,
                ClusterIPs = next.ClusterIPs.IsEmpty && (next.ClusterIP.Length == 0 || next.ClusterIP == old.ClusterIP)
                    ? old.ClusterIPs
                    : next.ClusterIPs,
                IPFamilies = next.IPFamilies.IsEmpty ? old.IPFamilies : next.IPFamilies,
                IPFamilyPolicy = next.IPFamilyPolicy ?? old.IPFamilyPolicy,
            };
        }

        if (HasNodePorts(old) && HasNodePorts(next))
        {
            next = next with
            {
                Ports = next.Ports.Map(port => port.NodePort != 0 ? port : port with
                {
                    NodePort = old.Ports.FirstOrDefault(other =>
                        other.Protocol == port.Protocol && other.Port == port.Port)?.NodePort ?? 0,
                }),
            };
        }

        return NeedsHealthCheck(old) && NeedsHealthCheck(next) && next.HealthCheckNodePort == 0
            ? next with { HealthCheckNodePort = old.HealthCheckNodePort }
            : next;
    }

    // Clients that know clusterIP alone change it alone: clusterIPs follows. Source: normalizeClusterIPs.
    private static ServiceSpec NormalizeAddresses(ServiceSpec next, ServiceSpec old)
    {
        if (next.ClusterIP == old.ClusterIP || next.ClusterIPs != old.ClusterIPs)
        {
            return next.ClusterIP.Length > 0 && next.ClusterIPs.IsEmpty ? next with { ClusterIPs = [next.ClusterIP] }
                : next;
        }

        return next with { ClusterIPs = next.ClusterIP.Length == 0 ? [] : [next.ClusterIP] };
    }

    // What the new type cannot have goes, unless the client changed it too. Source: dropTypeDependentFields.
    private static ServiceSpec DropForType(ServiceSpec next, ServiceSpec old)
    {
        if (HasClusterIP(old.Type) && !HasClusterIP(next.Type) && next.ClusterIPs == old.ClusterIPs)
        {
            next = next with { ClusterIP = "", ClusterIPs = default, IPFamilies = default, IPFamilyPolicy = null };
        }

        if (HasNodePorts(old) && !HasNodePorts(next)
            && next.Ports.Select(p => p.NodePort).SequenceEqual(old.Ports.Select(p => p.NodePort)))
        {
            next = next with { Ports = next.Ports.Map(
                static port => port.NodePort == 0 ? port : port with { NodePort = 0 }) };
        }

        if (NeedsHealthCheck(old) && !NeedsHealthCheck(next) && next.HealthCheckNodePort == old.HealthCheckNodePort)
        {
            next = next with { HealthCheckNodePort = 0 };
        }

        if (old.Type == ServiceType.LoadBalancer && next.Type != ServiceType.LoadBalancer)
        {
            next = next with
            {
                AllocateLoadBalancerNodePorts = next.AllocateLoadBalancerNodePorts == old.AllocateLoadBalancerNodePorts
                    ? null
                    : next.AllocateLoadBalancerNodePorts,
                LoadBalancerClass = next.LoadBalancerClass == old.LoadBalancerClass ? null : next.LoadBalancerClass,
            };
        }

        return IsExternallyAccessible(old) && !IsExternallyAccessible(next)
            && next.ExternalTrafficPolicy == old.ExternalTrafficPolicy
            ? next with { ExternalTrafficPolicy = "" }
            : next;
    }
}
