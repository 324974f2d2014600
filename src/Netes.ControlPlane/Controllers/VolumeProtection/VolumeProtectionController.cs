using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// A volume that is bound is not gone before its claim is. Source: pkg/controller/volume/pvprotection.
/// </summary>
internal sealed class VolumeProtectionController : IController
{
    public const string Finalizer = "kubernetes.io/pv-protection";

    private readonly ControllerContext _context;
    private readonly ObjectCache<PersistentVolume> _volumes;
    private readonly KeyedController<ObjectKey> _keyed;

    public VolumeProtectionController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: new("pvprotection"));
        var volumes = context.Informers.Get<PersistentVolume>();
        _volumes = volumes.Cache;
        volumes.Enqueue(_keyed.Queue);
    }

    public string Name => "persistentvolume-protection-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (_volumes.TryGet(key, out var volume)
            && ProtectionFinalizers.Wanted(
                volume.Metadata, Finalizer, volume.Status.Phase == PersistentVolumePhase.Bound) is { } metadata)
        {
            await _context.Client.UpdateAsync(volume with { Metadata = metadata }, cancel);
        }

        return ReconcileResult.Done;
    }
}
