using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Gives services of type LoadBalancer their addresses, which are the nodes' own.
/// Source: staging cloud-provider/controllers/service/controller.go for what it tells.
/// </summary>
internal sealed class LoadBalancerController : IController
{
    // What the kubelet and its healthz answer on.
    private static readonly int[] NodePorts = [10248, 10250];

    private readonly ControllerContext _context;
    private readonly ObjectCache<Service> _services;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectIndex<EndpointSlice> _slices;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public LoadBalancerController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("service-controller");
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, queue: QueueSettings.Waiting("service", 5, 300));
        var services = context.Informers.Get<Service>();
        var nodes = context.Informers.Get<Node>();
        var slices = context.Informers.Get<EndpointSlice>();
        (_services, _nodes) = (services.Cache, nodes.Cache);
        _slices = slices.Cache.AddIndex(slice => ServiceOf(slice) is { } key ? [key.ToString()] : []);
        services.AddHandler(ServiceChanged);
        nodes.AddHandler(NodeChanged);
        slices.AddHandler(change =>
        {
            if (ServiceOf(change.Latest) is { } key
                && _services.TryGet(key, out var service) && LoadBalancerPlan.IsOurs(service))
            {
                _keyed.Queue.Add(key);
            }
        });
    }

    public string Name => "service-lb-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private static ObjectKey? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.TryGetValue(EndpointSlicePlan.ServiceNameLabel, out var name)
            ? new ObjectKey(slice.Metadata.Namespace, name)
            : null;

    private void ServiceChanged(Change<Service> change)
    {
        var isOurs = change.New is not null && LoadBalancerPlan.IsOurs(change.New);
        var wasOurs = change.Old is not null && LoadBalancerPlan.IsOurs(change.Old);
        if (!isOurs && !wasOurs && !(change.New is not null && LoadBalancerPlan.NeedsCleanup(change.New)))
        {
            return;
        }

        if (change is { Old: { } old, New: { } next } && LoadBalancerPlan.Change(old, next) is { } told)
        {
            _events.Normal(next, told.Reason, told.Message);
        }

        _keyed.Queue.Add(change.Key);
        if (change.Old is { } before && (wasOurs != isOurs || change.New!.Spec != before.Spec))
        {
            // Another one may have waited for its ports.
            EnqueueAll();
        }
    }

    private void NodeChanged(Change<Node> change)
    {
        if (change.Old is { } old && change.New is { } next
            && NodeHealth.IsReady(old) == NodeHealth.IsReady(next)
            && old.Status.Addresses == next.Status.Addresses && old.Metadata.Labels == next.Metadata.Labels
            && old.Spec.Taints == next.Spec.Taints
            && old.Metadata.DeletionTimestamp == next.Metadata.DeletionTimestamp)
        {
            return;
        }

        EnqueueAll();
    }

    private void EnqueueAll()
    {
        foreach (var service in _services.List().Where(LoadBalancerPlan.IsOurs))
        {
            _keyed.Queue.Add(ObjectKey.Of(service));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_services.TryGet(key, out var service))
        {
            return ReconcileResult.Done;
        }

        if (!LoadBalancerPlan.IsOurs(service))
        {
            await CleanUpAsync(service, cancel);
            return ReconcileResult.Done;
        }

        if (LoadBalancerPlan.Conflict(service, _services.List(), Taken()) is { } conflict)
        {
            _events.Warning(service, "SyncLoadBalancerFailed",
                $"Error syncing load balancer: failed to ensure load balancer: {conflict}");
            await StoreAsync(service, LoadBalancerStatus.Empty, cancel);
            return ReconcileResult.Done;
        }

        var nodes = _nodes.List();
        if (!nodes.Any(LoadBalancerPlan.IsUsable))
        {
            _events.Warning(service, "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");
        }

        await StoreAsync(service, LoadBalancerPlan.Status(service, nodes, _slices.Get(key.ToString())), cancel);
        return ReconcileResult.Done;
    }

    /// <summary>
    /// Takes back what the service has of us, in one write: a status that stays behind without the finalizer would stay
    /// for ever. Services of other classes, and those that never were of the type, have nothing.
    /// </summary>
    private async Task CleanUpAsync(Service service, CancellationToken cancel)
    {
        var wasBalanced = !service.Status.LoadBalancer.Ingress.IsEmpty
            && service.Spec.Type != ServiceType.LoadBalancer;
        if (!LoadBalancerPlan.NeedsCleanup(service) && !wasBalanced)
        {
            return;
        }

        if (!service.Status.LoadBalancer.Ingress.IsEmpty)
        {
            _events.Normal(service, "DeletingLoadBalancer", "Deleting load balancer");
        }

        if (await WriteAsync(service, LoadBalancerStatus.Empty, isBalanced: false, cancel))
        {
            _events.Normal(service, "DeletedLoadBalancer", "Deleted load balancer");
        }
    }

    private async Task StoreAsync(Service service, LoadBalancerStatus status, CancellationToken cancel)
    {
        if (status == service.Status.LoadBalancer && service.Metadata.Finalizers.Contains(LoadBalancerPlan.Finalizer))
        {
            return;
        }

        var isFirst = service.Status.LoadBalancer.Ingress.IsEmpty && !status.Ingress.IsEmpty;
        if (isFirst)
        {
            _events.Normal(service, "EnsuringLoadBalancer", "Ensuring load balancer");
        }

        if (!await WriteAsync(service, status, isBalanced: true, cancel))
        {
            return;
        }

        if (isFirst)
        {
            _events.Normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
        }
        else if (!status.Ingress.IsEmpty && status != service.Status.LoadBalancer)
        {
            _events.Normal(service, "UpdatedLoadBalancer", "Updated load balancer with new hosts");
        }
    }

    /// <returns>False: the service is gone.</returns>
    private async Task<bool> WriteAsync(
        Service service, LoadBalancerStatus status, bool isBalanced, CancellationToken cancel)
    {
        var others = service.Metadata.Finalizers.Where(static name => name != LoadBalancerPlan.Finalizer).ToValueList();
        var next = service with
        {
            Metadata = service.Metadata with
            {
                Finalizers = isBalanced ? others.Add(LoadBalancerPlan.Finalizer) : others,
            },
            Status = service.Status with { LoadBalancer = status },
        };
        try
        {
            await _context.Client.UpdateStatusAsync(next, cancel);
            return true;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
        catch (ApiException failure) when (!failure.IsConflict)
        {
            _events.Warning(service, "SyncLoadBalancerFailed",
                $"Error syncing load balancer: failed to update load balancer status: {failure.Message}");
            throw;
        }
    }

    /// <summary>A service on the API server's own port would cut the cluster off from it.</summary>
    private HashSet<int> Taken() =>
    [
        .. NodePorts,
        .. _slices.Get("default/kubernetes").SelectMany(slice => slice.Ports).Select(port => port.Port ?? 0),
    ];
}
