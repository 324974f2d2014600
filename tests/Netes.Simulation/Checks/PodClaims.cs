using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>The claims of storage that pods mount.</summary>
internal static class PodClaims
{
    /// <summary>Their names. Those of ephemeral volumes are made for the pod, and named after it.</summary>
    public static IEnumerable<string> Of(Pod pod) => pod.Spec.Volumes
        .Select(volume => volume.VolumeSource.PersistentVolumeClaim?.ClaimName
            ?? (volume.VolumeSource.Ephemeral is null ? null : $"{pod.Metadata.Name}-{volume.Name}"))
        .OfType<string>();

    /// <summary>The pod mounts this very claim.</summary>
    public static bool Mounts(Pod pod, PersistentVolumeClaim claim) =>
        pod.Metadata.Namespace == claim.Metadata.Namespace && Of(pod).Contains(claim.Metadata.Name)
        && claim.Metadata.OwnerReferences.All(owner => owner.Kind != "Pod" || owner.Uid == pod.Metadata.Uid);

    /// <summary>Its node has ended it, and nothing of it is left but the object.</summary>
    public static bool IsOver(Pod pod) =>
        pod.Metadata is { DeletionTimestamp: not null, DeletionGracePeriodSeconds: 0 };

    /// <summary>The node of a pod is told by this change of it.</summary>
    public static bool IsPlaced(Pod? old, Pod? next) => next is { Spec.NodeName.Length: > 0 }
        && (old is null || old.Spec.NodeName.Length == 0 || old.Metadata.Uid != next.Metadata.Uid);
}
