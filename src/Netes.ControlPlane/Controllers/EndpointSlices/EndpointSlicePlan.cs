using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;
using EndpointPort = Netes.Api.Discovery.EndpointPort;

namespace Netes.ControlPlane;

/// <summary>
/// The slices to write so that they say what the pods are. Pure. Source: staging endpointslice/reconciler.go.
/// </summary>
internal sealed record EndpointSlicePlan(
    List<EndpointSlice> Create, List<EndpointSlice> Update, List<EndpointSlice> Delete)
{
    public const string ManagedBy = "endpointslice-controller.k8s.io";
    public const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <param name="service">The service.</param>
    /// <param name="pods">The pods it selects.</param>
    /// <param name="existing">The slices that this controller made for it.</param>
    /// <param name="zoneOf">The zone of a node; null: it has none.</param>
    /// <param name="maxEndpoints">Per slice.</param>
    /// <param name="giveHints">Changes the endpoints of an address family, group by group, to carry hints; null: the
    /// service's traffic distribution says which.</param>
    public static EndpointSlicePlan Make(
        Service service, IReadOnlyList<Pod> pods, IReadOnlyList<EndpointSlice> existing, Func<string, string?> zoneOf,
        int maxEndpoints, Action<string, IReadOnlyList<List<Endpoint>>>? giveHints = null)
    {
        var plan = new EndpointSlicePlan([], [], []);
        var families = AddressTypes(service);
        foreach (var family in families)
        {
            var desired = Desired(service, pods, family, zoneOf);
            giveHints?.Invoke(family, [.. desired.Values]);
            var own = existing.Where(slice => slice.AddressType == family).ToList();
            plan.Reconcile(service, family, desired, own, maxEndpoints);
        }

        plan.Delete.AddRange(existing.Where(slice => !families.Contains(slice.AddressType)));
        return plan;
    }

    /// <summary>The families of a service's addresses.</summary>
    private static IReadOnlyList<string> AddressTypes(Service service)
    {
        if (!service.Spec.IPFamilies.IsEmpty)
        {
            return [.. service.Spec.IPFamilies];
        }

        return service.Spec.ClusterIP.Contains(':', StringComparison.Ordinal) ? [IPFamily.IPv6] : [IPFamily.IPv4];
    }

    /// <summary>The endpoints, grouped by the ports they have: named ports may differ from pod to pod.</summary>
    private static Dictionary<ValueList<EndpointPort>, List<Endpoint>> Desired(
        Service service, IReadOnlyList<Pod> pods, string family, Func<string, string?> zoneOf)
    {
        var groups = new Dictionary<ValueList<EndpointPort>, List<Endpoint>>();
        foreach (var pod in pods)
        {
            if (ServicePods.IsEndpoint(pod, includeTerminating: true)
                && ServicePods.Address(pod, family == IPFamily.IPv6) is { } address)
            {
                var ports = Ports(service, pod);
                if (!groups.TryGetValue(ports, out var group))
                {
                    groups[ports] = group = [];
                }

                group.Add(TopologyHints.Distributed(
                    ToEndpoint(service, pod, address, zoneOf),
                    TopologyHints.IsAuto(service) ? null : service.Spec.TrafficDistribution));
            }
        }

        return groups;
    }

    private static Endpoint ToEndpoint(Service service, Pod pod, string address, Func<string, string?> zoneOf)
    {
        var serving = PodFacts.IsReady(pod);
        var terminating = pod.Metadata.DeletionTimestamp is not null;
        var node = pod.Spec.NodeName;
        return new Endpoint
        {
            Addresses = [address],
            Conditions = new()
            {
                Ready = service.Spec.PublishNotReadyAddresses || (serving && !terminating),
                Serving = serving,
                Terminating = terminating,
            },
            Hostname = ServicePods.HasHostname(pod, service) ? pod.Spec.Hostname : null,
            TargetRef = ServicePods.Reference(pod),
            NodeName = node.Length > 0 ? node : null,
            Zone = node.Length > 0 ? zoneOf(node) : null,
        };
    }

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

    private void Reconcile(
        Service service, string family, Dictionary<ValueList<EndpointPort>, List<Endpoint>> desired,
        List<EndpointSlice> existing, int maxEndpoints)
    {
        if (desired.Count == 0)
        {
            // One empty slice says that the service has no endpoints, rather than that nobody looked.
            desired = new() { [default] = [] };
        }

        foreach (var (ports, endpoints) in desired)
        {
            var own = existing.Where(slice => slice.Ports == ports).ToList();
            ReconcileGroup(service, family, ports, endpoints, own, maxEndpoints);
        }

        Delete.AddRange(existing.Where(slice => !desired.ContainsKey(slice.Ports)));
    }

    /// <summary>Changes as few slices as possible: what is right stays where it is, what is new fills gaps.</summary>
    private void ReconcileGroup(
        Service service, string family, ValueList<EndpointPort> ports, List<Endpoint> endpoints,
        List<EndpointSlice> existing, int maxEndpoints)
    {
        var missing = endpoints.DistinctBy(Identity).ToDictionary(Identity);
        var kept = existing.ConvertAll(slice => Keep(slice, missing));
        FillGaps(existing, kept, missing, maxEndpoints);
        for (var i = 0; i < existing.Count; i++)
        {
            var next = WithMetadata(service, existing[i]) with { Endpoints = kept[i].ToValueList() };
            var isPlaceholder = endpoints.Count == 0 && i == 0;
            if (next.Endpoints.IsEmpty && !isPlaceholder)
            {
                Delete.Add(existing[i]);
            }
            else if (next != existing[i])
            {
                Update.Add(next);
            }
        }

        if (missing.Count > 0 || existing.Count == 0)
        {
            foreach (var chunk in missing.Count == 0 ? [[]] : missing.Values.Chunk(maxEndpoints))
            {
                Create.Add(New(service, family, ports) with { Endpoints = chunk.ToValueList() });
            }
        }
    }

    /// <summary>The slice's endpoints that are still right, as they are now; they are no longer missing.</summary>
    private static List<Endpoint> Keep(EndpointSlice slice, Dictionary<(string, string), Endpoint> missing)
    {
        var kept = new List<Endpoint>();
        foreach (var endpoint in slice.Endpoints)
        {
            if (missing.Remove(Identity(endpoint), out var next))
            {
                kept.Add(next);
            }
        }

        return kept;
    }

    private static void FillGaps(
        List<EndpointSlice> existing, List<List<Endpoint>> kept, Dictionary<(string, string), Endpoint> missing,
        int max)
    {
        // First the slices that change anyway, then the fullest one that holds all the rest.
        for (var i = 0; i < existing.Count && missing.Count > 0; i++)
        {
            if (kept[i].Count > 0 && kept[i].ToValueList() != existing[i].Endpoints)
            {
                Move(missing, kept[i], max);
            }
        }

        var target = kept.Where(endpoints => missing.Count > 0 && endpoints.Count + missing.Count <= max)
            .MaxBy(endpoints => endpoints.Count);
        if (target is not null)
        {
            Move(missing, target, max);
        }
    }

    private static void Move(Dictionary<(string, string), Endpoint> missing, List<Endpoint> target, int max)
    {
        foreach (var (key, endpoint) in missing.Take(max - target.Count).ToList())
        {
            missing.Remove(key);
            target.Add(endpoint);
        }
    }

    private static (string Uid, string Address) Identity(Endpoint endpoint) =>
        (endpoint.TargetRef?.Uid ?? "", endpoint.Addresses.IsEmpty ? "" : endpoint.Addresses[0]);

    private static EndpointSlice New(Service service, string family, ValueList<EndpointPort> ports) =>
        WithMetadata(service, new EndpointSlice
        {
            Metadata = new()
            {
                Namespace = service.Metadata.Namespace,
                GenerateName = service.Metadata.Name + "-",
            },
            AddressType = family,
            Ports = ports,
        });

    private static EndpointSlice WithMetadata(Service service, EndpointSlice slice)
    {
        var labels = service.Metadata.Labels
            .Remove(ServicePods.HeadlessLabel)
            .Set(ServiceNameLabel, service.Metadata.Name)
            .Set(ManagedByLabel, ManagedBy);
        if (!ServicePods.HasClusterIP(service))
        {
            labels = labels.Set(ServicePods.HeadlessLabel, "");
        }

        return slice with
        {
            Metadata = slice.Metadata with
            {
                Labels = labels,
                OwnerReferences = [ObjectReferences.Controller(service)],
            },
        };
    }
}
