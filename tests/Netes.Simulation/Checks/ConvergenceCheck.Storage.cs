using Netes.Api.Core;
using Netes.Api.Storage;

namespace Netes.Simulation.Checks;

/// <summary>What must be true of storage in the end.</summary>
internal static partial class ConvergenceCheck
{
    private static IEnumerable<Gap?> Storage(Mirror mirror) =>
        mirror.Claims.Items.Select(claim => Missing(mirror, claim))
            .Concat(mirror.Volumes.Items.Select(volume => Missing(mirror, volume)))
            .Concat(mirror.Attachments.Items.Select(attachment => Missing(mirror, attachment)));

    private static Gap? Missing(Mirror mirror, PersistentVolumeClaim claim)
    {
        var name = claim.Metadata.Name;
        if (claim.Status.Phase != PersistentVolumeClaimPhase.Bound)
        {
            // It waits for its first pod.
            return mirror.Pods.Items.Any(pod => PodClaims.Mounts(pod, claim))
                || claim.Spec.StorageClassName != "local-path"
                    ? new(Finding.ClaimUnbound, $"claim {name} is {claim.Status.Phase}")
                    : null;
        }

        return mirror.Volumes.Find(claim.Spec.VolumeName)?.Spec.ClaimRef?.Uid == claim.Metadata.Uid
            ? null
            : new(Finding.ClaimOneSided, $"claim {name} is bound to {claim.Spec.VolumeName}, which is not bound to it");
    }

    private static Gap? Missing(Mirror mirror, PersistentVolume volume)
    {
        var (name, phase, reference) = (volume.Metadata.Name, volume.Status.Phase, volume.Spec.ClaimRef);
        var claim = reference is null ? null : mirror.Claims.Find($"{reference.Namespace}/{reference.Name}");
        var isHeld = claim is not null && claim.Metadata.Uid == reference!.Uid && claim.Spec.VolumeName == name;
        return isHeld != (phase == PersistentVolumePhase.Bound)
                ? new(Finding.VolumePhase, $"volume {name} is {phase}, claim {claim?.Metadata.Name}")
            : phase == PersistentVolumePhase.Released && LocalPathVolumes.IsOne(volume)
                ? new(Finding.VolumeKept, $"volume {name} has no claim, and is kept")
            : null;
    }

    private static Gap? Missing(Mirror mirror, VolumeAttachment attachment)
    {
        var (node, name) = (attachment.Spec.NodeName, attachment.Spec.Source.PersistentVolumeName ?? "");
        return !attachment.Status.Attached ? new(Finding.DiskNotAttached, $"disk {name} is not attached to {node}")
            : mirror.Pods.Items.Any(pod => pod.Spec.NodeName == node && PodClaims.Of(pod).Contains(name)) ? null
            : new(Finding.DiskLeftAttached, $"disk {name} is attached to {node}, where nobody uses it");
    }
}
