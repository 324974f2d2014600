using System.Globalization;
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
    /// <summary>Keeps a service until its load balancer is gone.</summary>
    public const string Finalizer = "service.kubernetes.io/load-balancer-cleanup";

    private const string ExcludeLabel = "node.kubernetes.io/exclude-from-external-load-balancers";

    // The cluster autoscaler takes the node away soon.
    private const string GoingTaint = "ToBeDeletedByClusterAutoscaler";

    /// <summary>Ours to serve: another class is somebody else's.</summary>
    public static bool IsOurs(Service service) =>
        Wants(service.Spec) && service.Metadata.DeletionTimestamp is null;

    /// <summary>There is something to take back from a service that is not ours any more.</summary>
    public static bool NeedsCleanup(Service service) => service.Metadata.Finalizers.Contains(Finalizer)
        && (service.Metadata.DeletionTimestamp is not null || service.Spec.Type != ServiceType.LoadBalancer);

    /// <summary>Traffic may go there.</summary>
    public static bool IsUsable(Node node) => NodeHealth.IsReady(node) && node.Metadata.DeletionTimestamp is null
        && !node.Metadata.Labels.ContainsKey(ExcludeLabel)
        && !node.Spec.Taints.Any(static taint => taint.Key == GoingTaint);

    /// <summary>What users changed, in the words of the service controller; null: nothing that is told.</summary>
    public static (string Reason, string Message)? Change(Service old, Service next)
    {
        var (before, after) = (old.Spec, next.Spec);
        if (Wants(before) != Wants(after))
        {
            return ("Type", $"{before.Type} -> {after.Type}");
        }

        return !Wants(after) ? null
            : before.LoadBalancerSourceRanges != after.LoadBalancerSourceRanges
                ? ("LoadBalancerSourceRanges",
                    $"{List(before.LoadBalancerSourceRanges)} -> {List(after.LoadBalancerSourceRanges)}")
            : before.LoadBalancerIP != after.LoadBalancerIP
                ? ("LoadbalancerIP", $"{before.LoadBalancerIP} -> {after.LoadBalancerIP}")
            : before.ExternalIPs.Count != after.ExternalIPs.Count
                ? ("ExternalIP", string.Create(
                    CultureInfo.InvariantCulture, $"Count: {before.ExternalIPs.Count} -> {after.ExternalIPs.Count}"))
            : after.ExternalIPs.Where((address, i) => address != before.ExternalIPs[i]).FirstOrDefault() is { } added
                ? ("ExternalIP", $"Added: {added}")
            : old.Metadata.Uid != next.Metadata.Uid ? ("UID", $"{old.Metadata.Uid} -> {next.Metadata.Uid}")
            : before.ExternalTrafficPolicy != after.ExternalTrafficPolicy
                ? ("ExternalTrafficPolicy", $"{before.ExternalTrafficPolicy} -> {after.ExternalTrafficPolicy}")
            : before.HealthCheckNodePort != after.HealthCheckNodePort
                ? ("HealthCheckNodePort", string.Create(
                    CultureInfo.InvariantCulture, $"{before.HealthCheckNodePort} -> {after.HealthCheckNodePort}"))
            : null;
    }

    private static bool Wants(ServiceSpec spec) =>
        spec.Type == ServiceType.LoadBalancer && spec.LoadBalancerClass is null;

    private static string List(ValueList<string> items) => $"[{string.Join(' ', items)}]";

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
        var usable = nodes.Where(node => IsUsable(node)
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
