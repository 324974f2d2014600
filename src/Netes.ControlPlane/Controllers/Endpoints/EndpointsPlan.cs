using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// The Endpoints object of a service, for readers that do not know slices. Pure.
/// Source: pkg/controller/endpoint/endpoints_controller.go, pkg/api/v1/endpoints/util.go.
/// </summary>
internal static class EndpointsPlan
{
    public const string ManagedByLabel = "endpoints.kubernetes.io/managed-by";
    public const string ManagedBy = "endpoint-controller";
    private const string OverCapacity = "endpoints.kubernetes.io/over-capacity";
    private const int MaxAddresses = 1000;

    /// <param name="service">The service; it has a selector.</param>
    /// <param name="pods">The pods it selects.</param>
    /// <param name="existing">What there is; its other annotations stay. Null: nothing.</param>
    public static Endpoints Make(Service service, IEnumerable<Pod> pods, Endpoints? existing)
    {
        var labels = service.Metadata.Labels.Remove(ServicePods.HeadlessLabel).Set(ManagedByLabel, ManagedBy);
        if (!ServicePods.HasClusterIP(service))
        {
            labels = labels.Set(ServicePods.HeadlessLabel, "");
        }

        var subsets = Subsets(service, pods);
        var count = subsets.Sum(subset => subset.Addresses.Count + subset.NotReadyAddresses.Count);
        var current = existing ?? Endpoints.Empty;
        return current with
        {
            Metadata = current.Metadata with
            {
                Namespace = service.Metadata.Namespace,
                Name = service.Metadata.Name,
                Labels = labels,
                Annotations = count > MaxAddresses
                    ? current.Metadata.Annotations.Set(OverCapacity, "truncated")
                    : current.Metadata.Annotations.Remove(OverCapacity),
            },
            Subsets = count > MaxAddresses ? Truncated(subsets) : subsets,
        };
    }

    /// <summary>Addresses with the same ports stand together.</summary>
    private static ValueList<EndpointSubset> Subsets(Service service, IEnumerable<Pod> pods)
    {
        var ready = new SortedDictionary<string, (ValueList<EndpointPort> Ports, List<EndpointAddress> Ready,
            List<EndpointAddress> NotReady)>(StringComparer.Ordinal);
        var ipv6 = !service.Spec.IPFamilies.IsEmpty && service.Spec.IPFamilies[0] == IPFamily.IPv6;
        foreach (var pod in pods)
        {
            var anyway = service.Spec.PublishNotReadyAddresses;
            if (!ServicePods.IsEndpoint(pod, includeTerminating: anyway)
                || ServicePods.Address(pod, ipv6) is not { } address)
            {
                continue;
            }

            var ports = Ports(service, pod);
            if (ports.IsEmpty && (ServicePods.HasClusterIP(service) || !service.Spec.Ports.IsEmpty))
            {
                continue;
            }

            var key = string.Join('|', ports.Select(port => $"{port.Name}/{port.Port}/{port.Protocol}"));
            if (!ready.TryGetValue(key, out var group))
            {
                ready[key] = group = (ports, [], []);
            }

            (anyway || PodFacts.IsReady(pod) ? group.Ready : group.NotReady).Add(new EndpointAddress
            {
                IP = address,
                Hostname = ServicePods.HasHostname(pod, service) ? pod.Spec.Hostname : "",
                NodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : null,
                TargetRef = ServicePods.Reference(pod),
            });
        }

        return ready.Values.Select(group => new EndpointSubset
        {
            Addresses = Sorted(group.Ready),
            NotReadyAddresses = Sorted(group.NotReady),
            Ports = group.Ports,
        }).ToValueList();
    }

    private static ValueList<EndpointAddress> Sorted(List<EndpointAddress> addresses) => addresses
        .OrderBy(address => address.IP, StringComparer.Ordinal)
        .ThenBy(address => address.TargetRef?.Uid, StringComparer.Ordinal)
        .ToValueList();

    private static ValueList<EndpointPort> Ports(Service service, Pod pod)
    {
        var ports = new List<EndpointPort>();
        foreach (var port in service.Spec.Ports)
        {
            if (ServicePods.Port(pod, port) is { } number)
            {
                ports.Add(new EndpointPort
                {
                    Name = port.Name,
                    Port = number,
                    Protocol = port.Protocol,
                    AppProtocol = port.AppProtocol,
                });
            }
        }

        return ports.ToValueList();
    }

    /// <summary>The first addresses; ready ones before others.</summary>
    private static ValueList<EndpointSubset> Truncated(ValueList<EndpointSubset> subsets)
    {
        var room = MaxAddresses;
        var kept = new List<EndpointSubset>();
        foreach (var subset in subsets)
        {
            var addresses = subset.Addresses.Take(room).ToValueList();
            room -= addresses.Count;
            kept.Add(subset with { Addresses = addresses, NotReadyAddresses = [] });
        }

        for (var i = 0; i < kept.Count; i++)
        {
            var notReady = subsets[i].NotReadyAddresses.Take(room).ToValueList();
            room -= notReady.Count;
            kept[i] = kept[i] with { NotReadyAddresses = notReady };
        }

        return kept.ToValueList();
    }
}
