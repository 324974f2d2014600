using System.Globalization;
using System.Runtime.ExceptionServices;
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
    private readonly MirrorMetrics _metrics;
    private readonly KeyedController<ObjectKey> _keyed;

    public EndpointSliceMirroringController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("endpoint-slice-mirroring-controller");
        _metrics = new MirrorMetrics(context.Options.Metrics);
        _keyed = new KeyedController<ObjectKey>(
            context, Name, MeasureAsync, queue: QueueSettings.Waiting("endpoint_slice_mirroring", 1, 100));
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
            // A slice that somebody gave to another service is missing where it was.
            foreach (var slice in new[] { change.Old, change.New })
            {
                if (slice is not null && MirroredBy(slice) is { } key)
                {
                    _keyed.Queue.Add(key);
                }
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

    private async Task<ReconcileResult> MeasureAsync(ObjectKey key, CancellationToken cancel)
    {
        var begun = _context.Time.GetTimestamp();
        try
        {
            await ReconcileAsync(key, cancel);
            return ReconcileResult.Done;
        }
        catch (SliceWriteException failure)
        {
            ExceptionDispatchInfo.Throw(failure.Reason);
            throw;
        }
        finally
        {
            _metrics.Lasted(_context.Time.GetElapsedTime(begun));
        }
    }

    private async Task ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        var existing = _writes.Apply(key, _slices.Get(key.ToString()))
            .Where(slice => slice.Metadata.DeletionTimestamp is null)
            .OrderBy(slice => slice.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        var writer = new SliceWriter(_context.Client, _writes, _metrics.Slices, key);
        if (!_endpoints.TryGet(key, out var endpoints) || !MirrorPlan.IsMirrored(endpoints)
            || !_services.TryGet(key, out var service) || !service.Spec.Selector.IsEmpty)
        {
            _metrics.Slices.Forget(key);
            await DeleteAllAsync(writer, existing, $"Endpoints {key}", cancel);
            return;
        }

        var plan = MirrorPlan.Make(endpoints, existing);
        _metrics.Planned(key, plan);
        Tell(endpoints, plan);
        if (endpoints.Metadata.DeletionTimestamp is not null)
        {
            // The garbage collector deletes what this would replace.
            plan.Create.Clear();
        }

        await writer.WriteAsync(plan.Create, plan.Update, plan.Delete, $"Endpoints {key}", null, cancel);
    }

    private void Tell(Endpoints endpoints, MirrorPlan plan)
    {
        if (plan.Invalid > 0)
        {
            _events.Warning(endpoints, "InvalidIPAddress", string.Create(CultureInfo.InvariantCulture,
                $"Skipped {plan.Invalid} invalid IP addresses when mirroring to EndpointSlices"));
        }

        if (plan.Skipped > plan.Invalid)
        {
            _events.Warning(endpoints, "TooManyAddressesToMirror", string.Create(CultureInfo.InvariantCulture,
                $"A max of {MirrorPlan.MaxPerSubset} addresses can be mirrored to EndpointSlices per Endpoints "
                + $"subset. {plan.Skipped} addresses were skipped"));
        }
    }

    /// <summary>One that cannot be deleted keeps none of the others.</summary>
    private static async Task DeleteAllAsync(
        SliceWriter writer, List<EndpointSlice> slices, string whose, CancellationToken cancel)
    {
        SliceWriteException? first = null;
        foreach (var slice in slices)
        {
            try
            {
                await writer.DeleteAsync(slice, whose, cancel);
            }
            catch (SliceWriteException failure)
            {
                first ??= failure;
            }
        }

        if (first is not null)
        {
            throw first;
        }
    }
}
