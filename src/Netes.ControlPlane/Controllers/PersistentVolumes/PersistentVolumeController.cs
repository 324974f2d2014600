using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>A claim or, with no namespace, a volume.</summary>
internal readonly record struct VolumeKey(ObjectKey Key)
{
    public bool IsClaim => Key.Namespace.Length > 0;

    public static VolumeKey Of(PersistentVolumeClaim claim) => new(ObjectKey.Of(claim));

    public override string ToString() => Key.ToString();
}

/// <summary>
/// Binds claims and volumes, and reclaims volumes whose claims are gone. Claims that wait are looked at again when a
/// volume, a class or a pod comes that may help them.
/// Source: pkg/controller/volume/persistentvolume/{pv_controller_base,pv_controller}.go.
/// </summary>
internal sealed class PersistentVolumeController : IController
{
    private readonly VolumeCaches _caches;
    private readonly ClaimBinding _binding;
    private readonly VolumeReclaiming _reclaiming;
    private readonly KeyedController<VolumeKey> _keyed;

    public PersistentVolumeController(ControllerContext context)
    {
        // One worker: two claims in one hand never reach for the same volume.
        _keyed = new KeyedController<VolumeKey>(context, Name, ReconcileAsync, workers: 1);
        var events = context.Events("persistentvolume-controller");
        _caches = new VolumeCaches(context);
        var writes = new VolumeWrites(context, events);
        var metrics = new VolumeMetrics(context.Options.Metrics, _caches);
        _binding = new ClaimBinding(context, _caches, writes, events, metrics);
        _reclaiming = new VolumeReclaiming(
            context, _caches, writes, new VolumeRecycler(context, _caches, writes, events), events, metrics);
        context.Informers.Get<PersistentVolume>().AddHandler(VolumeChanged);
        context.Informers.Get<PersistentVolumeClaim>().AddHandler(ClaimChanged);
        context.Informers.Get<StorageClass>().AddHandler(ClassChanged);
        context.Informers.Get<Pod>().AddHandler(PodChanged);
    }

    public string Name => "persistentvolume-binder-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(VolumeKey key, CancellationToken cancel)
    {
        if (key.IsClaim)
        {
            return _caches.Claims.TryGet(key.Key, out var claim)
                ? await _binding.SyncAsync(claim, cancel)
                : ReconcileResult.Done;
        }

        if (_caches.Volumes.TryGet(key.Key, out var volume))
        {
            await _reclaiming.SyncAsync(volume, _keyed.Queue, cancel);
        }

        return ReconcileResult.Done;
    }

    private void VolumeChanged(Change<PersistentVolume> change)
    {
        _keyed.Queue.Add(new VolumeKey(change.Key));
        if (change.Latest.Spec.ClaimRef is { } reference)
        {
            _keyed.Queue.Add(new VolumeKey(new ObjectKey(reference.Namespace, reference.Name)));
        }

        // A volume that became free, or that someone waits for by name.
        if (change.New is { } volume
            && (change.Old is null || change.Old.Status.Phase != volume.Status.Phase
                || change.Old.Metadata.Labels != volume.Metadata.Labels
                || change.Old.Spec.Capacity != volume.Spec.Capacity))
        {
            EnqueuePending(VolumeFacts.ClassOf(volume));
        }
    }

    private void ClaimChanged(Change<PersistentVolumeClaim> change)
    {
        _keyed.Queue.Add(new VolumeKey(change.Key));
        if (change.Latest.Spec.VolumeName.Length > 0)
        {
            _keyed.Queue.Add(new VolumeKey(new ObjectKey("", change.Latest.Spec.VolumeName)));
        }

        if (change.New is null)
        {
            // One that went before it was told of its volume does not name it; the volume is taken all the same.
            foreach (var volume in _caches.VolumesOf(change.Key))
            {
                _keyed.Queue.Add(new VolumeKey(ObjectKey.Of(volume)));
            }
        }
    }

    private void ClassChanged(Change<StorageClass> change)
    {
        EnqueuePending(change.Key.Name);
        if (change.New is { } added && VolumeFacts.IsDefault(added))
        {
            EnqueuePending("");
        }
    }

    /// <summary>What a claim waits for is told by its pods; a recycler's end is told to its volume.</summary>
    private void PodChanged(Change<Pod> change)
    {
        if (change.Key.Name.StartsWith(VolumeRecycler.PodPrefix, StringComparison.Ordinal))
        {
            _keyed.Queue.Add(new VolumeKey(new ObjectKey("", change.Key.Name[VolumeRecycler.PodPrefix.Length..])));
        }

        if (change.Old is null || change.New is null
            || change.Old.Spec.NodeName != change.New.Spec.NodeName
            || PodFacts.IsTerminal(change.Old) != PodFacts.IsTerminal(change.New))
        {
            foreach (var key in PodClaims.Of(change.Latest))
            {
                Enqueue(key);
            }
        }
    }

    private void Enqueue(ObjectKey key)
    {
        if (!_caches.Claims.TryGet(key, out var claim))
        {
            return;
        }

        if (!VolumeFacts.IsBindCompleted(claim))
        {
            _keyed.Queue.Add(new VolumeKey(key));
        }
    }

    private void EnqueuePending(string storageClass)
    {
        foreach (var claim in _caches.Pending(storageClass))
        {
            _keyed.Queue.Add(VolumeKey.Of(claim));
        }
    }
}
