using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// The writes of the binder. Each names the revision it saw: of two writers one gets a conflict and looks again, so
/// that the end after any of them is a state that the next try completes.
/// Source: pkg/controller/volume/persistentvolume/pv_controller.go (bind, updateClaimStatus, updateVolumePhase).
/// </summary>
internal sealed class VolumeWrites(ControllerContext context, EventRecorder events)
{
    /// <summary>
    /// Binds both ways, the volume first: whoever finds the half of it knows which claim it is for.
    /// </summary>
    public async Task BindAsync(PersistentVolume volume, PersistentVolumeClaim claim, CancellationToken cancel)
    {
        var bound = VolumeFacts.BoundTo(volume, claim);
        if (!ReferenceEquals(bound, volume))
        {
            volume = await context.Client.UpdateAsync(bound, cancel);
        }

        volume = await SetPhaseAsync(volume, PersistentVolumePhase.Bound, cancel);
        var next = VolumeFacts.BoundTo(claim, volume);
        if (!ReferenceEquals(next, claim))
        {
            claim = await context.Client.UpdateAsync(next, cancel);
        }

        await SetStatusAsync(claim, PersistentVolumeClaimPhase.Bound, volume, cancel);
    }

    /// <summary>Gives up a binding; what an administrator reserved stays reserved by its name.</summary>
    public async Task UnbindAsync(PersistentVolume volume, CancellationToken cancel)
    {
        var annotations = volume.Metadata.Annotations;
        var next = annotations.ContainsKey(VolumeFacts.BoundByController)
            ? volume with
            {
                Metadata = volume.Metadata with { Annotations = annotations.Remove(VolumeFacts.BoundByController) },
                Spec = volume.Spec with { ClaimRef = null },
            }
            : volume with
            {
                Spec = volume.Spec with { ClaimRef = volume.Spec.ClaimRef! with { Uid = "" } },
            };
        volume = await context.Client.UpdateAsync(next, cancel);
        await SetPhaseAsync(volume, PersistentVolumePhase.Available, cancel);
    }

    public Task<PersistentVolume> SetPhaseAsync(PersistentVolume volume, string phase, CancellationToken cancel) =>
        SetPhaseAsync(volume, phase, "", cancel);

    /// <summary>With an event when the phase is new.</summary>
    public async Task FailAsync(PersistentVolume volume, string reason, string message, CancellationToken cancel)
    {
        if (volume.Status.Phase != PersistentVolumePhase.Failed)
        {
            var failed = await SetPhaseAsync(volume, PersistentVolumePhase.Failed, message, cancel);
            events.Warning(failed, reason, message);
        }
    }

    /// <param name="volume">The bound volume, whose offer becomes the claim's; null: the claim has none.</param>
    public async Task<PersistentVolumeClaim> SetStatusAsync(
        PersistentVolumeClaim claim, string phase, PersistentVolume? volume, CancellationToken cancel)
    {
        var status = claim.Status with { Phase = phase };
        if (volume is null)
        {
            status = status with { AccessModes = [], Capacity = default, CurrentVolumeAttributesClassName = null };
        }
        else
        {
            // Of a claim that is bound already the capacity may lag behind its volume's: it is being expanded.
            status = status with
            {
                AccessModes = volume.Spec.AccessModes,
                Capacity = claim.Status.Phase == phase ? claim.Status.Capacity : CapacityOf(volume, claim),
                CurrentVolumeAttributesClassName = claim.Status.Phase == phase
                    ? claim.Status.CurrentVolumeAttributesClassName
                    : volume.Spec.VolumeAttributesClassName,
            };
        }

        return status == claim.Status
            ? claim
            : await context.Client.UpdateStatusAsync(claim with { Status = status }, cancel);
    }

    /// <summary>A volume that grew before its file system tells what the file system has.</summary>
    private static ValueMap<Quantity> CapacityOf(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Metadata.Annotations.Get(VolumeFacts.PreResizeCapacity) is not { } before
            ? volume.Spec.Capacity
            : claim.Status.Capacity.Set(
                ResourceName.Storage,
                Quantity.TryParse(before, out var size) ? size : VolumeFacts.Capacity(volume));

    /// <summary>The claim's volume is gone for good.</summary>
    public async Task LoseAsync(PersistentVolumeClaim claim, string reason, string message, CancellationToken cancel)
    {
        var wasLost = claim.Status.Phase == PersistentVolumeClaimPhase.Lost;
        var lost = await SetStatusAsync(claim, PersistentVolumeClaimPhase.Lost, null, cancel);
        if (!wasLost)
        {
            events.Warning(lost, reason, message);
        }
    }

    private async Task<PersistentVolume> SetPhaseAsync(
        PersistentVolume volume, string phase, string message, CancellationToken cancel) =>
        volume.Status.Phase == phase ? volume : await context.Client.UpdateStatusAsync(
            volume with
            {
                Status = volume.Status with
                {
                    Phase = phase,
                    Message = message,
                    LastPhaseTransitionTime = Timestamp.From(context.Now),
                },
            }, cancel);
}
