using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
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
    private readonly ControllerContext _context;
    private readonly ObjectCache<Service> _services;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectIndex<EndpointSlice> _slicesByService;
    private readonly OwnWrites<EndpointSlice> _writes;
    private readonly EventRecorder _events;
    private readonly TriggerTimes _triggers = new();
    private readonly EndpointSliceMetrics _metrics;
    private readonly ConcurrentDictionary<ObjectKey, bool> _hinted = [];
    private readonly KeyedController<ObjectKey> _keyed;

    public EndpointSliceController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("endpoint-slice-controller");
        _metrics = new EndpointSliceMetrics(context.Options.Metrics);
        _keyed = new KeyedController<ObjectKey>(
            context, Name, MeasureAsync, queue: QueueSettings.Waiting("endpoint_slice", 1, 1000));
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
            // A slice that somebody gave to another service is missing where it was.
            foreach (var slice in new[] { change.Old, change.New })
            {
                if (slice is not null && ServiceOf(slice) is { } key)
                {
                    _keyed.Queue.Add(key);
                }
            }
        });
    }

    public string Name => "endpointslice-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void NodeChanged(Change<Node> change, ObjectIndex<Pod> podsByNode)
    {
        // A node that comes makes endpoints of pods that were waiting for it; its zone is theirs.
        if (change.Old is null || EndpointSlicePlan.ZoneOf(change.Old) != EndpointSlicePlan.ZoneOf(change.Latest))
        {
            foreach (var pod in podsByNode.Get(change.Key.Name))
            {
                ServicePods.EnqueueServices(pod, _services, _keyed.Queue);
            }
        }

        // The zones' shares are those of all ready nodes.
        if (change.Old is null || change.New is null
            || EndpointSlicePlan.ZoneOf(change.Old) != EndpointSlicePlan.ZoneOf(change.New)
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

    private async Task<ReconcileResult> MeasureAsync(ObjectKey key, CancellationToken cancel)
    {
        var succeeded = false;
        try
        {
            await ReconcileAsync(key, cancel);
            succeeded = true;
            return ReconcileResult.Done;
        }
        finally
        {
            _metrics.Synced(succeeded);
        }
    }

    private async Task ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        // The slices of a deleted service go with it: it owns them.
        if (!_services.TryGet(key, out var service))
        {
            _triggers.Forget(key);
            _metrics.Forget(key);
            _hinted.TryRemove(key, out _);
            return;
        }

        if (service.Spec.Type == ServiceType.ExternalName || service.Spec.Selector.IsEmpty)
        {
            return;
        }

        var pods = _pods.List(key.Namespace)
            .Where(pod => Selectors.Contains(pod.Metadata.Labels, service.Spec.Selector))
            .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        var existing = _writes.Apply(key, _slicesByService.Get(key.ToString()))
            .Where(slice => slice.Metadata.DeletionTimestamp is null)
            .OrderBy(slice => slice.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        var plan = EndpointSlicePlan.Make(
            service, pods, existing, name => _nodes.Get("", name), _context.Options.MaxEndpointsPerSlice,
            (family, groups) => GiveHints(service, family, groups));
        _metrics.Planned(service);
        _metrics.Slices.Planned(key, plan.Added, plan.Removed, plan.Totals);
        if (service.Metadata.DeletionTimestamp is not null)
        {
            // The garbage collector deletes what this would replace.
            plan.Create.Clear();
        }

        // A pod whose node is not known is no endpoint, and is asked for again.
        List<string> problems = [.. plan.WithoutNode.Select(pod => $"skipping Pod {pod.Metadata.Name} for Service "
            + $"{key}: Node {pod.Spec.NodeName} Not Found")];
        try
        {
            var writer = new SliceWriter(_context.Client, _writes, _metrics.Slices, key);
            await writer.WriteAsync(
                plan.Create, plan.Update, plan.Delete, $"Service {key}", _triggers.Next(service, pods), cancel);
            _metrics.Written(service, plan.Create.Count + plan.Update.Count + plan.Delete.Count);
        }
        catch (SliceWriteException failure)
        {
            problems.Add(failure.Message);
            Tell(service, problems);
            ExceptionDispatchInfo.Throw(failure.Reason);
        }

        if (problems.Count > 0)
        {
            Tell(service, problems);
            throw new InvalidOperationException(string.Join(", ", problems));
        }
    }

    private void Tell(Service service, List<string> problems) => _events.Warning(
        service, "FailedToUpdateEndpointSlices", $"Error updating Endpoint Slices for Service {ObjectKey.Of(service)}: "
        + (problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]"));

    /// <summary>Gives a service of topology mode Auto its hints, and tells when there are some, or none.</summary>
    private void GiveHints(Service service, string family, IReadOnlyList<List<Endpoint>> groups)
    {
        var key = ObjectKey.Of(service);
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
}
