using System.Collections.Concurrent;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Deletes pods whose devices have NoExecute taints that their claims do not tolerate, or not that long.
/// Source: pkg/controller/devicetainteviction/device_taint_eviction.go.
/// </summary>
internal sealed class DeviceTaintEvictionController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<ResourceClaim> _claims;
    private readonly ObjectIndex<ResourceClaim> _claimsOfPool;
    private readonly ObjectIndex<ResourceSlice> _slicesOfPool;
    private readonly ConcurrentDictionary<ObjectKey, (string Uid, DateTimeOffset Since)> _planned = [];
    private readonly EvictionMetrics _metrics;
    private readonly PodEviction _eviction;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public DeviceTaintEvictionController(ControllerContext context)
    {
        _context = context;
        _eviction = new PodEviction(
            context.Client, "DeletionByDeviceTaintManager", "Device Taint manager: deleting due to NoExecute taint");
        _events = context.Events(Name);
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        _metrics = new EvictionMetrics(context.Options.Metrics, "device_taint_eviction_controller");
        var (pods, claims) = (context.Informers.Get<Pod>(), context.Informers.Get<ResourceClaim>());
        var slices = context.Informers.Get<ResourceSlice>();
        (_pods, _claims) = (pods.Cache, claims.Cache);
        _claimsOfPool = claims.Cache.AddIndex(DeviceTaintPlan.PoolsOf);
        _slicesOfPool = slices.Cache.AddIndex(
            static slice => [DeviceTaintPlan.KeyOf(slice.Spec.Driver, slice.Spec.Pool.Name)]);
        pods.AddHandler(change =>
        {
            if (PodResourceClaims.HasAny(change.Latest))
            {
                _keyed.Queue.Add(change.Key);
            }
        });
        claims.AddHandler(change =>
        {
            Enqueue(change.Latest);
            if (change is { Old: { } old, New: { } next } && old.Status.ReservedFor != next.Status.ReservedFor)
            {
                // Those that it is no longer reserved for may stay.
                Enqueue(old);
            }
        });
        slices.AddHandler(change =>
        {
            if (HasNoExecute(change.Old) || HasNoExecute(change.New))
            {
                var key = DeviceTaintPlan.KeyOf(change.Latest.Spec.Driver, change.Latest.Spec.Pool.Name);
                foreach (var claim in _claimsOfPool.Get(key))
                {
                    Enqueue(claim);
                }
            }
        });
    }

    public string Name => "device-taint-eviction-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private static bool HasNoExecute(ResourceSlice? slice) => slice?.Spec.Devices.Any(static device =>
        device.Taints.Any(static taint => taint.Effect == DeviceTaintEffect.NoExecute)) == true;

    private void Enqueue(ResourceClaim claim)
    {
        foreach (var consumer in claim.Status.ReservedFor)
        {
            if (consumer is { ApiGroup: "", Resource: "pods" })
            {
                _keyed.Queue.Add(new ObjectKey(claim.Metadata.Namespace, consumer.Name));
            }
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_pods.TryGet(key, out var pod) || pod.Metadata.DeletionTimestamp is not null || PodFacts.IsTerminal(pod)
            || pod.Spec.NodeName.Length == 0)
        {
            _planned.TryRemove(key, out _);
            return ReconcileResult.Done;
        }

        var now = _context.Now;
        var seen = _planned.TryGetValue(key, out var planned) && planned.Uid == pod.Metadata.Uid ? planned.Since : now;
        if (EvictAt(pod, seen) is not { } due)
        {
            if (_planned.TryRemove(key, out _))
            {
                _events.Normal(pod, "DeviceTaintManagerEviction", "Cancelling deletion");
            }

            return ReconcileResult.Done;
        }

        if (due > now)
        {
            _planned[key] = (pod.Metadata.Uid, seen);
            return ReconcileResult.Again(due - now);
        }

        _events.Normal(pod, "DeviceTaintManagerEviction", "Marking for deletion");
        if (await _eviction.RunAsync(pod, now, cancel))
        {
            _metrics.Deleted(_context.Now - due);
        }

        // Not before: should it fail, the time that the pod had is over all the same.
        _planned.TryRemove(key, out _);
        return ReconcileResult.Done;
    }

    private DateTimeOffset? EvictAt(Pod pod, DateTimeOffset seen) => PodResourceClaims.Of(pod)
        .Select(key => _claims.Get(key)).OfType<ResourceClaim>()
        .Where(claim => PodResourceClaims.IsReservedFor(claim, pod.Metadata.Uid))
        .Min(claim => DeviceTaintPlan.EvictAt(claim, _slicesOfPool.Get, seen));
}
