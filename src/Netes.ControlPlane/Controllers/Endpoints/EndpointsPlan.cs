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

    /// <summary>Port by port, so that they stand in the service's order.</summary>
    private static ValueList<EndpointSubset> Subsets(Service service, IEnumerable<Pod> pods)
    {
        var ipv6 = !service.Spec.IPFamilies.IsEmpty && service.Spec.IPFamilies[0] == IPFamily.IPv6;
        var anyway = service.Spec.PublishNotReadyAddresses;
        var endpoints = pods
            .Where(pod => ServicePods.IsEndpoint(pod, includeTerminating: anyway)
                && ServicePods.Address(pod, ipv6) is not null)
            .Select(pod => (Pod: pod, Address: ToAddress(service, pod, ServicePods.Address(pod, ipv6)!)))
            .ToList();
        return service.Spec.Ports.IsEmpty && !ServicePods.HasClusterIP(service)
            ? EndpointSubsets.Repack(endpoints.Select(entry => Subset(entry.Pod, entry.Address, [])))
            : EndpointSubsets.Repack(service.Spec.Ports.SelectMany(port => endpoints
                .Where(entry => ServicePods.Port(entry.Pod, port) is not null)
                .Select(entry => Subset(entry.Pod, entry.Address, [ToPort(entry.Pod, port)]))));

        EndpointSubset Subset(Pod pod, EndpointAddress address, ValueList<EndpointPort> ports) =>
            anyway || PodFacts.IsReady(pod)
                ? new() { Addresses = [address], Ports = ports }
                : new() { NotReadyAddresses = [address], Ports = ports };
    }

    private static EndpointAddress ToAddress(Service service, Pod pod, string address) => new()
    {
        IP = address,
        Hostname = ServicePods.HasHostname(pod, service) ? pod.Spec.Hostname : "",
        NodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : null,
        TargetRef = ServicePods.Reference(pod),
    };

    private static EndpointPort ToPort(Pod pod, ServicePort port) => new()
    {
        Name = port.Name,
        Port = ServicePods.Port(pod, port) ?? 0,
        Protocol = port.Protocol,
        AppProtocol = port.AppProtocol,
    };

    /// <summary>
    /// As many addresses as there may be: ready ones before others, from each subset its part of them, rounded up.
    /// </summary>
    private static ValueList<EndpointSubset> Truncated(ValueList<EndpointSubset> subsets)
    {
        var ready = subsets.Sum(static subset => subset.Addresses.Count);
        var cutsReady = ready > MaxAddresses;
        var all = cutsReady ? ready : subsets.Sum(static subset => subset.NotReadyAddresses.Count);
        var most = cutsReady ? MaxAddresses : MaxAddresses - ready;
        var room = most;
        return subsets.Map(subset =>
        {
            var list = cutsReady ? subset.Addresses : subset.NotReadyAddresses;
            var kept = list.Take(Math.Min(room, (int)Math.Ceiling((double)list.Count / all * most))).ToValueList();
            room -= kept.Count;
            return cutsReady
                ? subset with { Addresses = kept, NotReadyAddresses = [] }
                : subset with { NotReadyAddresses = kept };
        });
    }
}
