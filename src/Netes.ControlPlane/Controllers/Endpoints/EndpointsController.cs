using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Keeps the Endpoints object of each service. Source: pkg/controller/endpoint/endpoints_controller.go.
/// </summary>
internal sealed class EndpointsController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<Service> _services;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<Endpoints> _endpoints;
    private readonly EventRecorder _events;
    private readonly TriggerTimes _triggers = new();
    private readonly KeyedController<ObjectKey> _keyed;

    public EndpointsController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("endpoint-controller");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var services = context.Informers.Get<Service>();
        var endpoints = context.Informers.Get<Endpoints>();
        var pods = context.Informers.Get<Pod>();
        _services = services.Cache;
        _endpoints = endpoints.Cache;
        _pods = pods.Cache;
        services.Enqueue(_keyed.Queue);
        endpoints.Enqueue(_keyed.Queue);
        pods.EnqueueServices(_services, _keyed.Queue);
    }

    public string Name => "endpoints-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        var existing = _endpoints.Get(key);
        if (!_services.TryGet(key, out var service))
        {
            _triggers.Forget(key);

            // Only what this controller made is cleaned up: others write Endpoints without a service of that name.
            if (existing?.Metadata.Labels.Get(EndpointsPlan.ManagedByLabel, "") == EndpointsPlan.ManagedBy)
            {
                await DeleteAsync(key, cancel);
            }

            return ReconcileResult.Done;
        }

        if (service.Spec.Selector.IsEmpty || service.Metadata.DeletionTimestamp is not null
            || service.Spec.Type == ServiceType.ExternalName)
        {
            return ReconcileResult.Done;
        }

        var pods = _pods.List(key.Namespace)
            .Where(pod => Selectors.Contains(pod.Metadata.Labels, service.Spec.Selector))
            .ToList();
        var trigger = _triggers.Next(service, pods);
        var wanted = EndpointsPlan.Make(service, pods, existing);
        if (wanted == existing)
        {
            return ReconcileResult.Done;
        }

        wanted = wanted with
        {
            Metadata = wanted.Metadata with
            {
                Annotations = TriggerTimes.Annotate(wanted.Metadata.Annotations, trigger),
            },
        };

        try
        {
            await (existing is null
                ? _context.Client.CreateAsync(wanted, cancel)
                : _context.Client.UpdateAsync(wanted, cancel));
        }
        catch (ApiException failure) when (PodControl.IsNamespaceEnding(failure))
        {
            return ReconcileResult.Done;
        }
        catch (ApiException failure) when (!failure.IsConflict && !failure.IsAlreadyExists)
        {
            var (reason, verb) = existing is null
                ? ("FailedToCreateEndpoint", "create")
                : ("FailedToUpdateEndpoint", "update");
            _events.Warning(wanted, reason, $"Failed to {verb} endpoint {key}: {failure.Message}");
            throw;
        }

        return ReconcileResult.Done;
    }

    private async Task DeleteAsync(ObjectKey key, CancellationToken cancel)
    {
        try
        {
            await _context.Client.DeleteAsync<Endpoints>(key.Namespace, key.Name, null, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone already.
        }
    }
}
