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
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
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
        if (!isOurs && !wasOurs)
        {
            return;
        }

        _keyed.Queue.Add(change.Key);
        if (wasOurs && change.New?.Spec != change.Old!.Spec)
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
        if (!_services.TryGet(key, out var service) || service.Metadata.DeletionTimestamp is not null
            || service.Spec.LoadBalancerClass is not null)
        {
            return ReconcileResult.Done;
        }

        var status = LoadBalancerStatus.Empty;
        if (LoadBalancerPlan.IsOurs(service))
        {
            if (LoadBalancerPlan.Conflict(service, _services.List(), Taken()) is { } conflict)
            {
                _events.Warning(service, "SyncLoadBalancerFailed",
                    $"Error syncing load balancer: failed to ensure load balancer: {conflict}");
            }
            else
            {
                status = LoadBalancerPlan.Status(service, _nodes.List(), _slices.Get(key.ToString()));
            }
        }

        if (status == service.Status.LoadBalancer)
        {
            return ReconcileResult.Done;
        }

        await StoreAsync(service, status, cancel);
        return ReconcileResult.Done;
    }

    private async Task StoreAsync(Service service, LoadBalancerStatus status, CancellationToken cancel)
    {
        var isFirst = service.Status.LoadBalancer.Ingress.IsEmpty && !status.Ingress.IsEmpty;
        if (isFirst)
        {
            _events.Normal(service, "EnsuringLoadBalancer", "Ensuring load balancer");
        }

        try
        {
            await _context.Client.UpdateStatusAsync(
                service with { Status = service.Status with { LoadBalancer = status } }, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return;
        }

        if (isFirst)
        {
            _events.Normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
        }
    }

    /// <summary>A service on the API server's own port would cut the cluster off from it.</summary>
    private HashSet<int> Taken() =>
    [
        .. NodePorts,
        .. _slices.Get("default/kubernetes").SelectMany(slice => slice.Ports).Select(port => port.Port ?? 0),
    ];
}
