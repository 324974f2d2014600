using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Hands claims that grow to those who can expand their volumes, which is nobody in this process: no built-in kind of
/// volume can grow. Source: pkg/controller/volume/expand/expand_controller.go.
/// </summary>
internal sealed class VolumeExpansionController : IController
{
    private const string Resizer = "volume.kubernetes.io/storage-resizer";

    private readonly ControllerContext _context;
    private readonly ObjectCache<PersistentVolumeClaim> _claims;
    private readonly ObjectCache<PersistentVolume> _volumes;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public VolumeExpansionController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("volume_expand");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: new("volume_expand"));
        var claims = context.Informers.Get<PersistentVolumeClaim>();
        _claims = claims.Cache;
        _volumes = context.Informers.Get<PersistentVolume>().Cache;
        claims.AddHandler(change =>
        {
            if (change.New is { Status.Phase: PersistentVolumeClaimPhase.Bound } claim
                && (change.Old is null
                    || VolumeFacts.Request(claim) > VolumeFacts.Request(change.Old)
                    || claim.Status.Capacity.Get(ResourceName.Storage)
                        > change.Old.Status.Capacity.Get(ResourceName.Storage)))
            {
                _keyed.Queue.Add(change.Key);
            }
        });
    }

    public string Name => "persistentvolume-expander-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_claims.TryGet(key, out var claim)
            || (VolumeFacts.Request(claim) <= claim.Status.Capacity.Get(ResourceName.Storage)
                && _volumes.Get("", claim.Spec.VolumeName)?.Metadata.Annotations
                    .ContainsKey(VolumeFacts.PreResizeCapacity) != true))
        {
            return ReconcileResult.Done;
        }

        // The cache of volumes may be behind that of claims.
        var volume = await _context.Client.GetAsync<PersistentVolume>("", claim.Spec.VolumeName, cancel);
        if (volume.Spec.ClaimRef?.Uid != claim.Metadata.Uid || volume.Spec.ClaimRef.Namespace != key.Namespace)
        {
            throw new InvalidOperationException($"persistent Volume is not bound to PVC being updated : {key}");
        }

        var source = volume.Spec.PersistentVolumeSource;
        if (MigratedPlugins.PluginOf(source) is { } plugin)
        {
            _events.Normal(claim, "ExternalExpanding",
                $"CSI migration enabled for {plugin}; waiting for external resizer to expand the pvc");
            await SetResizerAsync(claim, MigratedPlugins.DriverOf(plugin)!, cancel);
            return ReconcileResult.Done;
        }

        const string Waiting = "waiting for an external controller to expand this PVC";
        if (source is { CSI: not null } or { FlexVolume: not null })
        {
            _events.Normal(claim, "ExternalExpanding", Waiting);
        }
        else
        {
            _events.Warning(claim, "ExternalExpanding", Waiting);
        }

        return ReconcileResult.Done;
    }

    private async Task SetResizerAsync(PersistentVolumeClaim claim, string driver, CancellationToken cancel)
    {
        if (claim.Metadata.Annotations.Get(Resizer) != driver)
        {
            var patch = Json.Merge(json => json.Object("metadata", metadata => metadata.Object(
                "annotations", annotations => annotations.WriteString(Resizer, driver))));
            try
            {
                await _context.Client.PatchAsync<PersistentVolumeClaim>(
                    claim.Metadata.Namespace, claim.Metadata.Name, patch, "status", cancel);
            }
            catch (ApiException failure)
            {
                _events.Warning(claim, "ExternalExpanding",
                    $"error setting resizer annotation to pvc {ObjectKey.Of(claim)}, with error {failure.Message}");
                throw;
            }
        }
    }
}
