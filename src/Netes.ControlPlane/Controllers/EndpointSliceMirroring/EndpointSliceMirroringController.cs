using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Mirrors Endpoints of services without a selector into slices, which is what proxies read.
/// Source: pkg/controller/endpointslicemirroring/endpointslicemirroring_controller.go.
/// </summary>
internal sealed class EndpointSliceMirroringController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<Service> _services;
    private readonly ObjectCache<Endpoints> _endpoints;
    private readonly ObjectIndex<EndpointSlice> _slices;
    private readonly OwnWrites<EndpointSlice> _writes;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public EndpointSliceMirroringController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("endpoint-slice-mirroring-controller");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var services = context.Informers.Get<Service>();
        var endpoints = context.Informers.Get<Endpoints>();
        var slices = context.Informers.Get<EndpointSlice>();
        (_services, _endpoints) = (services.Cache, endpoints.Cache);
        _slices = slices.Cache.AddIndex(slice => MirroredBy(slice) is { } key ? [key.ToString()] : []);
        _writes = new OwnWrites<EndpointSlice>(slices, MirroredBy);
        endpoints.Enqueue(_keyed.Queue);
        services.AddHandler(change =>
        {
            if (change.Old?.Spec.Selector != change.New?.Spec.Selector || change.Old is null || change.New is null)
            {
                _keyed.Queue.Add(change.Key);
            }
        });
        slices.AddHandler(change =>
        {
            if (MirroredBy(change.Latest) is { } key)
            {
                _keyed.Queue.Add(key);
            }
        });
    }

    public string Name => "endpointslice-mirroring-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    /// <summary>The Endpoints that the slice mirrors, if this controller made it.</summary>
    private static ObjectKey? MirroredBy(EndpointSlice slice) =>
        slice.Metadata.Labels.Get(EndpointSlicePlan.ManagedByLabel, "") == MirrorPlan.ManagedBy
        && slice.Metadata.Labels.TryGetValue(EndpointSlicePlan.ServiceNameLabel, out var name)
            ? new ObjectKey(slice.Metadata.Namespace, name)
            : null;

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        var existing = _writes.Apply(key, _slices.Get(key.ToString()))
            .Where(slice => slice.Metadata.DeletionTimestamp is null)
            .OrderBy(slice => slice.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        if (!_endpoints.TryGet(key, out var endpoints) || !MirrorPlan.IsMirrored(endpoints)
            || endpoints.Metadata.DeletionTimestamp is not null
            || !_services.TryGet(key, out var service) || !service.Spec.Selector.IsEmpty)
        {
            await DeleteAsync(key, existing, cancel);
            return ReconcileResult.Done;
        }

        var plan = MirrorPlan.Make(endpoints, existing);
        if (plan.Create.Count + plan.Update.Count + plan.Delete.Count > 0)
        {
            Tell(endpoints, plan);
            await ActAsync(key, plan, cancel);
        }

        return ReconcileResult.Done;
    }

    private void Tell(Endpoints endpoints, MirrorPlan plan)
    {
        if (plan.Invalid > 0)
        {
            _events.Warning(endpoints, "InvalidIPAddress", string.Create(CultureInfo.InvariantCulture,
                $"Skipped {plan.Invalid} invalid IP addresses when mirroring to EndpointSlices"));
        }

        if (plan.Skipped > 0)
        {
            _events.Warning(endpoints, "TooManyAddressesToMirror", string.Create(CultureInfo.InvariantCulture,
                $"A max of {MirrorPlan.MaxPerSubset} addresses can be mirrored to EndpointSlices per Endpoints "
                + $"subset. {plan.Skipped + plan.Invalid} addresses were skipped"));
        }
    }

    private async Task ActAsync(ObjectKey key, MirrorPlan plan, CancellationToken cancel)
    {
        try
        {
            foreach (var slice in plan.Create)
            {
                _writes.Stored(key, await _context.Client.CreateAsync(slice, cancel));
            }

            foreach (var slice in plan.Update)
            {
                _writes.Stored(key, await _context.Client.UpdateAsync(slice, cancel));
            }
        }
        catch (ApiException failure) when (PodControl.IsNamespaceEnding(failure))
        {
            return;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            _writes.Forget(key);
            throw;
        }

        await DeleteAsync(key, plan.Delete, cancel);
    }

    private async Task DeleteAsync(ObjectKey key, List<EndpointSlice> slices, CancellationToken cancel)
    {
        foreach (var slice in slices)
        {
            try
            {
                await _context.Client.DeleteAsync<EndpointSlice>(
                    slice.Metadata.Namespace, slice.Metadata.Name, null, cancel);
                _writes.Deleted(key, slice);
            }
            catch (ApiException failure) when (failure.IsNotFound)
            {
                // Gone already: the cache will show it.
            }
        }
    }
}
