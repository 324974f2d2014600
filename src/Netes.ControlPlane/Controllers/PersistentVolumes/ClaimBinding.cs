using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Finds claims their volumes. Source: pkg/controller/volume/persistentvolume/pv_controller.go (syncClaim).
/// </summary>
internal sealed class ClaimBinding(
    ControllerContext context, VolumeCaches caches, VolumeWrites writes, EventRecorder events, VolumeMetrics metrics)
{
    // Events are kept for an hour only: who looks at a waiting claim later should still see why it waits.
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(5);

    public async Task<ReconcileResult> SyncAsync(PersistentVolumeClaim claim, CancellationToken cancel)
    {
        // Who serves a plugin that is served elsewhere now.
        var annotations = MigratedPlugins.Annotated(claim.Metadata.Annotations, VolumeFacts.ProvisionerOf(claim));
        if (annotations != claim.Metadata.Annotations)
        {
            claim = await context.Client.UpdateAsync(
                claim with { Metadata = claim.Metadata with { Annotations = annotations } }, cancel);
        }

        if (VolumeFacts.IsBindCompleted(claim))
        {
            await SyncBoundAsync(claim, cancel);
            return ReconcileResult.Done;
        }

        return claim.Spec.VolumeName.Length == 0
            ? await FindVolumeAsync(claim, cancel)
            : await TakeVolumeAsync(claim, cancel);
    }

    /// <summary>Any volume will do.</summary>
    private async Task<ReconcileResult> FindVolumeAsync(PersistentVolumeClaim claim, CancellationToken cancel)
    {
        var waits = VolumeFacts.WaitsForConsumer(claim, caches.Class);
        var search = new VolumeSearch { WaitsForConsumer = waits };
        if (VolumeMatching.FindAny(claim, caches.Volumes.List(), search) is { } volume)
        {
            await writes.BindAsync(volume, claim, cancel);
            return ReconcileResult.Done;
        }

        if (await AssignDefaultClassAsync(claim, cancel))
        {
            return ReconcileResult.Done;
        }

        if (waits && !VolumeFacts.HasSelectedNode(claim))
        {
            TellWaiting(claim);
        }
        else if (VolumeFacts.ClassOf(claim).Length > 0)
        {
            await AskProvisionerAsync(claim, cancel);
            return ReconcileResult.Again(TellAgain);
        }
        else
        {
            events.Normal(claim, "FailedBinding",
                "no persistent volumes available for this claim and no storage class is set");
        }

        await writes.SetStatusAsync(claim, PersistentVolumeClaimPhase.Pending, null, cancel);
        return ReconcileResult.Again(TellAgain);
    }

    /// <summary>The user asked for this volume and no other.</summary>
    private async Task<ReconcileResult> TakeVolumeAsync(PersistentVolumeClaim claim, CancellationToken cancel)
    {
        if (caches.Volumes.Get("", claim.Spec.VolumeName) is not { } volume)
        {
            await writes.SetStatusAsync(claim, PersistentVolumeClaimPhase.Pending, null, cancel);
            return ReconcileResult.Done;
        }

        if (volume.Spec.ClaimRef is null && VolumeMatching.WhyNot(volume, claim) is { Length: > 0 } mismatch)
        {
            events.Warning(claim, "VolumeMismatch",
                $"Cannot bind to requested volume \"{volume.Metadata.Name}\": {mismatch}");
        }
        else if (volume.Spec.ClaimRef is null || VolumeFacts.IsBoundTo(volume, claim))
        {
            await writes.BindAsync(volume, claim, cancel);
            return ReconcileResult.Done;
        }
        else
        {
            events.Warning(claim, "FailedBinding",
                $"volume \"{volume.Metadata.Name}\" already bound to a different claim.");
        }

        await writes.SetStatusAsync(claim, PersistentVolumeClaimPhase.Pending, null, cancel);
        return ReconcileResult.Again(TellAgain);
    }

    private async Task SyncBoundAsync(PersistentVolumeClaim claim, CancellationToken cancel)
    {
        if (claim.Spec.VolumeName.Length == 0)
        {
            await writes.LoseAsync(claim, "ClaimLost",
                "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!", cancel);
        }
        else if (caches.Volumes.Get("", claim.Spec.VolumeName) is not { } volume)
        {
            // The cache of claims may be ahead of the cache of volumes: a loss is for good, so it is asked for.
            if (await GoneAsync(claim.Spec.VolumeName, cancel))
            {
                await writes.LoseAsync(claim, "ClaimLost",
                    "Bound claim has lost its PersistentVolume. Data on the volume is lost!", cancel);
            }
        }
        else if (volume.Spec.ClaimRef is null || volume.Spec.ClaimRef.Uid == claim.Metadata.Uid)
        {
            await writes.BindAsync(volume, claim, cancel);
        }
        else
        {
            await writes.LoseAsync(claim, "ClaimMisbound",
                "Two claims are bound to the same volume, this one is bound incorrectly", cancel);
        }
    }

    private async Task<bool> GoneAsync(string volume, CancellationToken cancel)
    {
        try
        {
            await context.Client.GetAsync<PersistentVolume>("", volume, cancel);
            return false;
        }
        catch (Api.ApiException failure) when (failure.IsNotFound)
        {
            return true;
        }
    }

    /// <summary>A claim from before there was a default class gets it now (KEP-3333).</summary>
    private async Task<bool> AssignDefaultClassAsync(PersistentVolumeClaim claim, CancellationToken cancel)
    {
        if (VolumeFacts.NamesClass(claim) || VolumeFacts.DefaultOf(caches.Classes()) is not { } chosen)
        {
            return false;
        }

        try
        {
            await context.Client.UpdateAsync(
                claim with { Spec = claim.Spec with { StorageClassName = chosen.Metadata.Name } }, cancel);
        }
        catch (Api.ApiException)
        {
            metrics.Assigned(succeeded: false);
            throw;
        }

        metrics.Assigned(succeeded: true);
        return true;
    }

    private void TellWaiting(PersistentVolumeClaim claim)
    {
        var waiting = caches.PodsOf(ObjectKey.Of(claim))
            .Where(static pod => !PodClaims.IsTerminated(pod) && pod.Spec.NodeName.Length == 0)
            .Select(static pod => pod.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        if (waiting.Count == 0)
        {
            events.Normal(claim, "WaitForFirstConsumer",
                "waiting for first consumer to be created before binding");
            return;
        }

        var pods = waiting.Count == 1 ? "pod" : "pods";
        events.Normal(claim, "WaitForPodScheduled",
            $"waiting for {pods} {string.Join(',', waiting)} to be scheduled");
    }

    /// <summary>Volumes are made by provisioners, which know by an annotation that they are asked.</summary>
    private async Task AskProvisionerAsync(PersistentVolumeClaim claim, CancellationToken cancel)
    {
        var name = VolumeFacts.ClassOf(claim);
        if (caches.Class(name) is not { } chosen)
        {
            events.Warning(claim, "ProvisioningFailed", $"storageclass.storage.k8s.io \"{name}\" not found");
            return;
        }

        var provisioner = MigratedPlugins.DriverOf(chosen.Provisioner) ?? chosen.Provisioner;
        if (provisioner.StartsWith(VolumeFacts.InTreePrefix, StringComparison.Ordinal))
        {
            events.Warning(claim, "ProvisioningFailed", $"no volume plugin matched name: {provisioner}");
            return;
        }

        var asked = VolumeFacts.Annotated(claim, VolumeFacts.BetaStorageProvisioner, provisioner);
        asked = VolumeFacts.Annotated(asked, VolumeFacts.StorageProvisioner, provisioner);
        if (!ReferenceEquals(asked, claim))
        {
            try
            {
                claim = await context.Client.UpdateAsync(asked, cancel);
            }
            catch (Api.ApiException failure)
            {
                metrics.Failed("provision", provisioner);
                events.Warning(claim, "ProvisioningFailed", $"Error saving claim: {failure.Message}");
                throw;
            }
        }

        events.Normal(claim, "ExternalProvisioning",
            $"Waiting for a volume to be created either by the external provisioner '{provisioner}' or manually by the "
            + "system administrator. If volume creation is delayed, please verify that the provisioner is running and "
            + "correctly registered.");
    }
}
