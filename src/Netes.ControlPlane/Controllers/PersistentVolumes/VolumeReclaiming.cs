using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Brings volumes into the phase that their claims are in, and reclaims those whose claims are gone.
/// Source: pkg/controller/volume/persistentvolume/pv_controller.go (syncVolume, reclaimVolume).
/// </summary>
internal sealed class VolumeReclaiming(
    ControllerContext context, VolumeCaches caches, VolumeWrites writes, VolumeRecycler recycler, EventRecorder events,
    VolumeMetrics metrics)
{
    // Held volumes of plugins that are none any more. Source: component-helpers storage/volume/helpers.go.
    private const string InTreeFinalizer = "kubernetes.io/pv-controller";

    public async Task SyncAsync(PersistentVolume volume, WorkQueue<VolumeKey> queue, CancellationToken cancel)
    {
        volume = await MigrateAsync(volume, cancel);
        if (volume.Spec.ClaimRef is not { } reference || reference.Uid.Length == 0)
        {
            // Nobody's, or reserved by name only, which is the claim's matter.
            await writes.SetPhaseAsync(volume, PersistentVolumePhase.Available, cancel);
            return;
        }

        var key = new ObjectKey(reference.Namespace, reference.Name);
        if (await FindClaimAsync(volume, key, reference.Uid, cancel) is not { } claim)
        {
            await ReleaseAsync(volume, cancel);
        }
        else if (claim.Spec.VolumeName.Length == 0)
        {
            Continue(volume, claim, queue);
        }
        else if (claim.Spec.VolumeName == volume.Metadata.Name)
        {
            await writes.SetPhaseAsync(volume, PersistentVolumePhase.Bound, cancel);
        }
        else if (volume.Metadata.Annotations.ContainsKey(LocalPathVolumes.ProvisionedBy)
            && volume.Spec.PersistentVolumeReclaimPolicy == PersistentVolumeReclaimPolicy.Delete)
        {
            // Made for a claim that found another one meanwhile.
            await ReleaseAsync(volume, cancel);
        }
        else
        {
            await writes.UnbindAsync(volume, cancel);
        }
    }

    /// <summary>
    /// Volumes of a plugin that a driver serves now say so, and it is the driver that holds them until their data are
    /// gone.
    /// </summary>
    private async Task<PersistentVolume> MigrateAsync(PersistentVolume volume, CancellationToken cancel)
    {
        var annotations = MigratedPlugins.Annotated(
            volume.Metadata.Annotations, volume.Metadata.Annotations.Get(LocalPathVolumes.ProvisionedBy));
        var finalizers = annotations.ContainsKey(VolumeFacts.MigratedTo)
            && volume.Metadata.Finalizers.Contains(InTreeFinalizer)
            ? volume.Metadata.Finalizers.Where(static name => name != InTreeFinalizer).ToValueList()
            : volume.Metadata.Finalizers;
        return annotations == volume.Metadata.Annotations && finalizers == volume.Metadata.Finalizers
            ? volume
            : await context.Client.UpdateAsync(
                volume with { Metadata = volume.Metadata with { Annotations = annotations, Finalizers = finalizers } },
                cancel);
    }

    /// <summary>
    /// The claim with the uid. Neither cache is older or newer than the other for sure, and what is reclaimed is lost:
    /// before a claim counts as gone the API is asked.
    /// </summary>
    private async Task<PersistentVolumeClaim?> FindClaimAsync(
        PersistentVolume volume, ObjectKey key, string uid, CancellationToken cancel)
    {
        if (caches.Claims.Get(key) is { } cached && cached.Metadata.Uid == uid)
        {
            return cached;
        }

        if (volume.Status.Phase is PersistentVolumePhase.Released or PersistentVolumePhase.Failed)
        {
            return null;
        }

        try
        {
            var claim = await context.Client.GetAsync<PersistentVolumeClaim>(key.Namespace, key.Name, cancel);
            return claim.Metadata.Uid == uid ? claim : null;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    private void Continue(PersistentVolume volume, PersistentVolumeClaim claim, WorkQueue<VolumeKey> queue)
    {
        if (VolumeFacts.HasModeMismatch(claim, volume))
        {
            events.Warning(volume, "VolumeMismatch",
                $"Cannot bind PersistentVolume to requested PersistentVolumeClaim \"{claim.Metadata.Name}\" due to "
                + "incompatible volumeMode.");
            events.Warning(claim, "VolumeMismatch",
                $"Cannot bind PersistentVolume \"{volume.Metadata.Name}\" to requested PersistentVolumeClaim due to "
                + "incompatible volumeMode.");
            return;
        }

        queue.Add(VolumeKey.Of(claim));
    }

    private async Task ReleaseAsync(PersistentVolume volume, CancellationToken cancel)
    {
        if (volume.Status.Phase is not (PersistentVolumePhase.Released or PersistentVolumePhase.Failed))
        {
            volume = await writes.SetPhaseAsync(volume, PersistentVolumePhase.Released, cancel);
        }

        if (volume.Metadata.Annotations.Get(VolumeFacts.MigratedTo) is { Length: > 0 })
        {
            // Its driver's provisioner does it.
            return;
        }

        switch (volume.Spec.PersistentVolumeReclaimPolicy)
        {
            case PersistentVolumeReclaimPolicy.Retain:
                break;
            case PersistentVolumeReclaimPolicy.Delete:
                await DeleteAsync(volume, cancel);
                break;
            case PersistentVolumeReclaimPolicy.Recycle:
                await recycler.RecycleAsync(volume, cancel);
                break;
            default:
                await writes.FailAsync(volume, "VolumeUnknownReclaimPolicy",
                    "Volume has unrecognized PersistentVolumeReclaimPolicy", cancel);
                break;
        }
    }

    /// <summary>Who provisioned a volume deletes it; no volume that was made by hand can be deleted here.</summary>
    private async Task DeleteAsync(PersistentVolume volume, CancellationToken cancel)
    {
        var provisioner = volume.Metadata.Annotations.Get(LocalPathVolumes.ProvisionedBy) ?? "";
        var source = volume.Spec.PersistentVolumeSource;
        if (provisioner.Length == 0
            ? source.CSI is not null
            : !provisioner.StartsWith(VolumeFacts.InTreePrefix, StringComparison.Ordinal))
        {
            return;
        }

        // A folder under /tmp, which Kubernetes deletes on the machine of its controllers, is on a node here, and no
        // one knows which.
        var message = source switch
        {
            { HostPath: { } host } when !host.Path.StartsWith("/tmp/", StringComparison.Ordinal) =>
                $"host_path deleter only supports /tmp/.+ but received provided {host.Path}",
            { HostPath: not null } or { Local: not null } or { NFS: not null } =>
                $"error getting deleter volume plugin for volume \"{volume.Metadata.Name}\": "
                    + "no deletable volume plugin matched",
            _ => $"error getting deleter volume plugin for volume \"{volume.Metadata.Name}\": "
                + "no volume plugin matched",
        };
        metrics.Failed("delete", source.HostPath is null ? "" : "kubernetes.io/host-path");
        await writes.FailAsync(volume, "VolumeFailedDelete", message, cancel);
    }
}
