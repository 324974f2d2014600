using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;
using EndpointPort = Netes.Api.Discovery.EndpointPort;

namespace Netes.ControlPlane;

/// <summary>
/// The slices to write so that they say what the pods are. Pure. Source: staging endpointslice/{reconciler,utils}.go.
/// </summary>
internal sealed record EndpointSlicePlan(
    List<EndpointSlice> Create, List<EndpointSlice> Update, List<EndpointSlice> Delete)
{
    public const string ManagedBy = "endpointslice-controller.k8s.io";
    public const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";
    public const string ServiceNameLabel = "kubernetes.io/service-name";
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    /// <summary>Pods that are left out, since nothing is known of their nodes.</summary>
    public List<Pod> WithoutNode { get; } = [];

    public int Added { get; private set; }

    public int Removed { get; private set; }

    public SliceTotals Totals { get; private set; }

    /// <param name="service">The service.</param>
    /// <param name="pods">The pods it selects.</param>
    /// <param name="existing">The slices that this controller made for it.</param>
    /// <param name="nodeOf">The node of a name; null: it is not known.</param>
    /// <param name="maxEndpoints">Per slice.</param>
    /// <param name="giveHints">Changes the endpoints of an address family, group by group, to carry hints; null: the
    /// service's traffic distribution says which.</param>
    public static EndpointSlicePlan Make(
        Service service, IReadOnlyList<Pod> pods, IReadOnlyList<EndpointSlice> existing, Func<string, Node?> nodeOf,
        int maxEndpoints, Action<string, IReadOnlyList<List<Endpoint>>>? giveHints = null)
    {
        var plan = new EndpointSlicePlan([], [], []);
        var families = AddressTypes(service);
        foreach (var family in families)
        {
            var desired = plan.Desired(service, pods, family, nodeOf);
            giveHints?.Invoke(family, [.. desired.Values]);
            var own = existing.Where(slice => slice.AddressType == family).ToList();
            plan.Reconcile(service, family, desired, own, maxEndpoints);
        }

        plan.Delete.AddRange(existing.Where(slice => !families.Contains(slice.AddressType)));
        if (plan.Totals.Full == 0)
        {
            plan.Totals = plan.Totals with { Full = 1 };
        }

        return plan;
    }

    public static string? ZoneOf(Node node) =>
        node.Metadata.Labels.Get(ZoneLabel) is { Length: > 0 } zone ? zone : null;

    /// <summary>The families of a service's addresses.</summary>
    private static IReadOnlyList<string> AddressTypes(Service service) =>
        !service.Spec.IPFamilies.IsEmpty ? [.. service.Spec.IPFamilies]
        : !ServicePods.HasClusterIP(service) ? [IPFamily.IPv4, IPFamily.IPv6]
        : service.Spec.ClusterIP.Contains(':', StringComparison.Ordinal) ? [IPFamily.IPv6]
        : [IPFamily.IPv4];

    /// <summary>The endpoints, grouped by the ports they have: named ports may differ from pod to pod.</summary>
    private Dictionary<ValueList<EndpointPort>, List<Endpoint>> Desired(
        Service service, IReadOnlyList<Pod> pods, string family, Func<string, Node?> nodeOf)
    {
        var groups = new Dictionary<ValueList<EndpointPort>, List<Endpoint>>();
        foreach (var pod in pods.Where(static pod => ServicePods.IsEndpoint(pod, includeTerminating: true)))
        {
            var ports = Ports(service, pod);
            if (!groups.TryGetValue(ports, out var group))
            {
                groups[ports] = group = [];
            }

            var node = nodeOf(pod.Spec.NodeName);
            if (node is null && !service.Spec.PublishNotReadyAddresses)
            {
                if (!WithoutNode.Contains(pod))
                {
                    WithoutNode.Add(pod);
                }
            }
            else if (ServicePods.Address(pod, family == IPFamily.IPv6) is { } address)
            {
                group.Add(TopologyHints.Distributed(
                    ToEndpoint(service, pod, address, node),
                    TopologyHints.IsAuto(service) ? null : service.Spec.TrafficDistribution));
            }
        }

        return groups;
    }

    private static Endpoint ToEndpoint(Service service, Pod pod, string address, Node? node)
    {
        var serving = PodFacts.IsReady(pod);
        var terminating = pod.Metadata.DeletionTimestamp is not null;
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
            NodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : null,
            Zone = node is null ? null : ZoneOf(node),
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
        // What an earlier service of the name left is the garbage collector's, and no place for new endpoints.
        var own = existing.Where(slice => IsOwned(slice, service)).ToList();
        var (create, update) = (new List<EndpointSlice>(), new List<EndpointSlice>());
        var delete = existing.Except(own, ReferenceEqualityComparer.Instance).Cast<EndpointSlice>().ToList();
        foreach (var (ports, endpoints) in desired)
        {
            var group = own.Where(slice => slice.Ports == ports).ToList();
            var changes = SliceGroup.Plan(
                group, endpoints, maxEndpoints, slice => WithLabels(service, slice),
                () => New(service, family, ports));
            create.AddRange(changes.Create);
            update.AddRange(changes.Update);
            delete.AddRange(changes.Delete);
            (Added, Removed) = (Added + changes.Added, Removed + changes.Removed);
            Totals = Totals.Add(
                endpoints.Count, group.Count + changes.Create.Count - changes.Delete.Count, maxEndpoints);
        }

        delete.AddRange(own.Where(slice => !desired.ContainsKey(slice.Ports)));
        if (existing.Count == delete.Count && create.Count == 0)
        {
            KeepPlaceholder(New(service, family, []), create, delete);
        }

        Reuse(service, create, update, delete);
        Create.AddRange(create);
        Update.AddRange(update);
        Delete.AddRange(delete);
    }

    /// <summary>One empty slice says that the service has no endpoints, rather than that nobody looked.</summary>
    private void KeepPlaceholder(EndpointSlice wanted, List<EndpointSlice> create, List<EndpointSlice> delete)
    {
        Totals = Totals.Add(0, 1, 1);
        if (delete is [{ Ports.IsEmpty: true, Endpoints.IsEmpty: true } only]
            && only.Metadata.Labels == wanted.Metadata.Labels)
        {
            delete.Clear();
        }
        else
        {
            create.Add(wanted);
        }
    }

    /// <summary>A slice that would go takes what a new one would hold.</summary>
    private static void Reuse(
        Service service, List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete)
    {
        for (var i = 0; i < delete.Count && create.Count > 0;)
        {
            if (!IsOwned(delete[i], service))
            {
                i++;
                continue;
            }

            var next = create[^1];
            create.RemoveAt(create.Count - 1);
            update.Add(SliceGroup.In(delete[i], next));
            delete.RemoveAt(i);
        }
    }

    private static bool IsOwned(EndpointSlice slice, Service service) => slice.Metadata.OwnerReferences.Any(owner =>
        owner.Uid == service.Metadata.Uid && owner is { Kind: "Service", ApiVersion: "v1" });

    private static EndpointSlice New(Service service, string family, ValueList<EndpointPort> ports) =>
        WithLabels(service, new EndpointSlice
        {
            Metadata = new()
            {
                Namespace = service.Metadata.Namespace,
                GenerateName = service.Metadata.Name + "-",
                OwnerReferences = [ObjectReferences.Controller(service)],
            },
            AddressType = family,
            Ports = ports,
        });

    private static EndpointSlice WithLabels(Service service, EndpointSlice slice)
    {
        var labels = service.Metadata.Labels
            .Remove(ServicePods.HeadlessLabel)
            .Set(ServiceNameLabel, service.Metadata.Name)
            .Set(ManagedByLabel, ManagedBy);
        if (!ServicePods.HasClusterIP(service))
        {
            labels = labels.Set(ServicePods.HeadlessLabel, "");
        }

        return slice with { Metadata = slice.Metadata with { Labels = labels } };
    }
}
