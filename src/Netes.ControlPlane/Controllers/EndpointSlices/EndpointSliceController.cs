using System.Collections.Concurrent;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Writes where the pods of each service are. Source: pkg/controller/endpointslice/endpointslice_controller.go.
/// </summary>
internal sealed class EndpointSliceController : IController
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Service> _services;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectIndex<EndpointSlice> _slicesByService;
    private readonly OwnWrites<EndpointSlice> _writes;
    private readonly EventRecorder _events;
    private readonly TriggerTimes _triggers = new();
    private readonly ConcurrentDictionary<(ObjectKey Service, string Family), bool> _hinted = [];
    private readonly KeyedController<ObjectKey> _keyed;

    public EndpointSliceController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("endpoint-slice-controller");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var services = context.Informers.Get<Service>();
        var slices = context.Informers.Get<EndpointSlice>();
        var pods = context.Informers.Get<Pod>();
        _services = services.Cache;
        _pods = pods.Cache;
        _nodes = context.Informers.Get<Node>().Cache;
        _slicesByService = slices.Cache.AddIndex(slice => ServiceOf(slice) is { } key ? [key.ToString()] : []);
        _writes = new OwnWrites<EndpointSlice>(slices, ServiceOf);
        services.Enqueue(_keyed.Queue);
        pods.EnqueueServices(_services, _keyed.Queue);
        var podsByNode = pods.Cache.AddIndex(pod => [pod.Spec.NodeName]);
        context.Informers.Get<Node>().AddHandler(change => NodeChanged(change, podsByNode));
        slices.AddHandler(change =>
        {
            if (ServiceOf(change.Latest) is { } key)
            {
                _keyed.Queue.Add(key);
            }
        });
    }

    public string Name => "endpointslice-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void NodeChanged(Change<Node> change, ObjectIndex<Pod> podsByNode)
    {
        // A node that comes makes endpoints of pods that were waiting for it; its zone is theirs.
        if (change.Old is null || ZoneOf(change.Old) != ZoneOf(change.Latest))
        {
            foreach (var pod in podsByNode.Get(change.Key.Name))
            {
                ServicePods.EnqueueServices(pod, _services, _keyed.Queue);
            }
        }

        // The zones' shares are those of all ready nodes.
        if (change.Old is null || change.New is null || ZoneOf(change.Old) != ZoneOf(change.New)
            || NodeHealth.IsReady(change.Old) != NodeHealth.IsReady(change.New)
            || change.Old.Status.Allocatable.Get("cpu") != change.New.Status.Allocatable.Get("cpu"))
        {
            foreach (var service in _services.List().Where(TopologyHints.IsAuto))
            {
                _keyed.Queue.Add(ObjectKey.Of(service));
            }
        }
    }

    /// <summary>The service whose slice it is, if this controller made it.</summary>
    private static ObjectKey? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.Get(EndpointSlicePlan.ManagedByLabel, "") == EndpointSlicePlan.ManagedBy
        && slice.Metadata.Labels.TryGetValue(EndpointSlicePlan.ServiceNameLabel, out var name)
            ? new ObjectKey(slice.Metadata.Namespace, name)
            : null;

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        // The slices of a deleted service go with it: it owns them.
        if (!_services.TryGet(key, out var service))
        {
            _triggers.Forget(key);
            return ReconcileResult.Done;
        }

        if (service.Metadata.DeletionTimestamp is not null
            || service.Spec.Type == ServiceType.ExternalName || service.Spec.Selector.IsEmpty)
        {
            return ReconcileResult.Done;
        }

        var pods = _pods.List(key.Namespace)
            .Where(pod => Selectors.Contains(pod.Metadata.Labels, service.Spec.Selector)
                && (service.Spec.PublishNotReadyAddresses || _nodes.Get("", pod.Spec.NodeName) is not null))
            .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        var existing = _writes.Apply(key, _slicesByService.Get(key.ToString()))
            .Where(slice => slice.Metadata.DeletionTimestamp is null)
            .OrderBy(slice => slice.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        var plan = EndpointSlicePlan.Make(
            service, pods, existing, name => _nodes.Get("", name) is { } node ? ZoneOf(node) : null,
            _context.Options.MaxEndpointsPerSlice, (family, groups) => GiveHints(service, family, groups));
        try
        {
            await ActAsync(key, plan, _triggers.Next(service, pods), cancel);
        }
        catch (ApiException failure) when (!failure.IsConflict && !PodControl.IsNamespaceEnding(failure))
        {
            if (failure.IsNotFound)
            {
                _writes.Forget(key);
            }

            _events.Warning(service, "FailedToUpdateEndpointSlices",
                $"Error updating Endpoint Slices for Service {key}: {failure.Message}");
            throw;
        }
        catch (ApiException failure) when (PodControl.IsNamespaceEnding(failure))
        {
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }

    /// <summary>Gives a service of topology mode Auto its hints, and tells when there are some, or none.</summary>
    private void GiveHints(Service service, string family, IReadOnlyList<List<Endpoint>> groups)
    {
        var key = (ObjectKey.Of(service), family);
        if (!TopologyHints.IsAuto(service))
        {
            if (_hinted.TryRemove(key, out _))
            {
                _events.Warning(service, "TopologyAwareHintsDisabled",
                    $"Topology Aware Hints has been disabled, addressType: {family}");
            }

            return;
        }

        var (shares, problem) = ZoneShares.Of(_nodes.List());
        problem = shares is null ? problem : ZoneShares.Apply(shares, groups);
        if (problem.Length > 0)
        {
            _hinted.TryRemove(key, out _);
            _events.Warning(service, "TopologyAwareHintsDisabled", $"{problem}, addressType: {family}");
        }
        else if (_hinted.TryAdd(key, true))
        {
            _events.Normal(service, "TopologyAwareHintsEnabled",
                $"Topology Aware Hints has been enabled, addressType: {family}");
        }
    }

    private async Task ActAsync(
        ObjectKey key, EndpointSlicePlan plan, Timestamp? trigger, CancellationToken cancel)
    {
        var client = _context.Client;
        foreach (var slice in plan.Create)
        {
            _writes.Stored(key, await client.CreateAsync(Triggered(slice), cancel));
        }

        foreach (var slice in plan.Update)
        {
            _writes.Stored(key, await client.UpdateAsync(Triggered(slice), cancel));
        }

        foreach (var slice in plan.Delete)
        {
            try
            {
                await client.DeleteAsync<EndpointSlice>(slice.Metadata.Namespace, slice.Metadata.Name, null, cancel);
                _writes.Deleted(key, slice);
            }
            catch (ApiException failure) when (failure.IsNotFound)
            {
                // Gone already: the cache will show it.
            }
        }

        EndpointSlice Triggered(EndpointSlice slice) => slice with
        {
            Metadata = slice.Metadata with
            {
                Annotations = TriggerTimes.Annotate(slice.Metadata.Annotations, trigger),
            },
        };
    }

    private static string? ZoneOf(Node node) => node.Metadata.Labels.Get(ZoneLabel);
}
