using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// The addresses of a service of type LoadBalancer where no cloud gives any: those of the nodes, whose proxies answer
/// on the service's ports, as k3s' ServiceLB has it. Pure.
/// </summary>
internal static class LoadBalancerPlan
{
    private const string ExcludeLabel = "node.kubernetes.io/exclude-from-external-load-balancers";

    /// <summary>Ours to serve: another class is somebody else's.</summary>
    public static bool IsOurs(Service service) =>
        service.Spec.Type == ServiceType.LoadBalancer && service.Spec.LoadBalancerClass is null
        && service.Metadata.DeletionTimestamp is null;

    /// <summary>External addresses where nodes have some, or their internal ones.</summary>
    /// <param name="service">The service.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="slices">The service's slices: local traffic goes only where an endpoint is.</param>
    public static LoadBalancerStatus Status(
        Service service, IEnumerable<Node> nodes, IEnumerable<EndpointSlice> slices)
    {
        var isLocal = service.Spec.ExternalTrafficPolicy == "Local";
        var local = slices.SelectMany(slice => slice.Endpoints)
            .Where(endpoint => endpoint.Conditions.Ready != false)
            .Select(endpoint => endpoint.NodeName ?? "")
            .ToHashSet(StringComparer.Ordinal);
        var usable = nodes.Where(node => NodeHealth.IsReady(node) && node.Metadata.DeletionTimestamp is null
            && !node.Metadata.Labels.ContainsKey(ExcludeLabel)
            && (!isLocal || local.Contains(node.Metadata.Name))).ToList();
        var external = Addresses(usable, "ExternalIP", service);
        var addresses = external.Count > 0 ? external : Addresses(usable, "InternalIP", service);
        return new LoadBalancerStatus
        {
            Ingress = addresses.Select(address => new LoadBalancerIngress { IP = address, IPMode = "VIP" })
                .ToValueList(),
        };
    }

    /// <summary>
    /// Who has one of the service's ports already; an older service comes first. Null: nobody.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="services">All services.</param>
    /// <param name="taken">Ports that the nodes themselves answer on, over TCP.</param>
    public static string? Conflict(Service service, IEnumerable<Service> services, IReadOnlySet<int> taken)
    {
        var own = service.Spec.Ports.Select(port => (port.Port, port.Protocol)).ToHashSet();
        foreach (var (port, protocol) in own)
        {
            if (protocol == Protocol.TCP && taken.Contains(port))
            {
                return $"port {port}/{protocol} is taken by the nodes";
            }
        }

        foreach (var other in services.Where(IsOurs).Where(other => IsBefore(other, service)))
        {
            foreach (var port in other.Spec.Ports)
            {
                if (own.Contains((port.Port, port.Protocol)))
                {
                    return $"port {port.Port}/{port.Protocol} is taken by service {ObjectKey.Of(other)}";
                }
            }
        }

        return null;
    }

    private static bool IsBefore(Service one, Service other)
    {
        var order = (one.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
            .CompareTo(other.Metadata.CreationTimestamp?.UnixSeconds ?? 0);
        order = order != 0 ? order
            : string.CompareOrdinal(ObjectKey.Of(one).ToString(), ObjectKey.Of(other).ToString());
        return order < 0;
    }

    private static List<string> Addresses(IEnumerable<Node> nodes, string type, Service service) =>
    [
        .. nodes.SelectMany(node => node.Status.Addresses)
            .Where(address => address.Type == type && (service.Spec.IPFamilies.IsEmpty || service.Spec.IPFamilies
                .Contains(address.Address.Contains(':', StringComparison.Ordinal) ? IPFamily.IPv6 : IPFamily.IPv4)))
            .Select(address => address.Address)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];
}
