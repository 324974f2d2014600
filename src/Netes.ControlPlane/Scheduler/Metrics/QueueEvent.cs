using System.Numerics;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What moves pods between the parts of the queue: the bits of <see cref="ClusterEvents"/> by their number, then what
/// no plugin waits for. Source: pkg/scheduler/framework/events.go.
/// </summary>
internal enum QueueEvent
{
    /// <summary>As many as there are bits of <see cref="ClusterEvents"/>.</summary>
    PodAdded = 39,
    PodUpdated,
    PodRemoved,
    AssignedPodUpdated,
    ScheduleAttemptFailure,
    BackoffComplete,
    PopFromBackoffQ,
    ForceActivate,
    UnschedulableTimeout,
}

/// <summary>The labels that metrics give to events. Source: k8s.io/kube-scheduler framework/types.go, Label.</summary>
internal static class QueueEvents
{
    /// <summary>By the event's number.</summary>
    public static string[] Labels { get; } =
    [
        .. Enumerable.Range(0, (int)QueueEvent.PodAdded).Select(static bit => Label((ClusterEvents)(1L << bit))),
        "UnschedulablePodAdd", "UnschedulablePodUpdate", "UnschedulablePodDelete", "AssignedPodUpdate",
        .. Enumerable.Range((int)QueueEvent.ScheduleAttemptFailure, 5)
            .Select(static number => ((QueueEvent)number).ToString()),
    ];

    /// <summary>The first of the events.</summary>
    public static QueueEvent First(ClusterEvents events) => (QueueEvent)BitOperations.TrailingZeroCount((long)events);

    /// <summary>Each of the events.</summary>
    public static IEnumerable<QueueEvent> Each(ClusterEvents events)
    {
        for (var rest = (long)events; rest != 0; rest &= rest - 1)
        {
            yield return (QueueEvent)BitOperations.TrailingZeroCount(rest);
        }
    }

    private static string Label(ClusterEvents one) => one switch
    {
        ClusterEvents.NodeAdded => "NodeAdd",
        ClusterEvents.NodeAllocatableGrew => "NodeUpdateNodeAllocatable",
        ClusterEvents.NodeLabelsChanged => "NodeUpdateNodeLabel",
        ClusterEvents.NodeTaintsChanged => "NodeUpdateNodeTaint",
        ClusterEvents.NodeFeaturesChanged => "NodeUpdateNodeDeclaredFeature",
        ClusterEvents.NodeRemoved => "NodeDelete",
        ClusterEvents.AssignedPodAdded => "AssignedPodAdd",
        ClusterEvents.AssignedPodLabelsChanged => "AssignedPodUpdatePodLabel",
        ClusterEvents.AssignedPodRemoved => "AssignedPodDelete",
        ClusterEvents.AssignedPodScaledDown => "AssignedPodUpdatePodScaleDown",
        ClusterEvents.PodLabelsChanged => "UnschedulablePodUpdatePodLabel",
        ClusterEvents.PodScaledDown => "UnschedulablePodUpdatePodScaleDown",
        ClusterEvents.PodTolerationsChanged => "UnschedulablePodUpdatePodToleration",
        ClusterEvents.PodGatesChanged => "UnschedulablePodUpdatePodSchedulingGatesEliminated",
        ClusterEvents.PodClaimsGenerated => "UnschedulablePodUpdatePodGeneratedResourceClaim",
        _ => OfOthers(one),
    };

    private static string OfOthers(ClusterEvents one) => one switch
    {
        ClusterEvents.ClaimAdded => "PersistentVolumeClaimAdd",
        ClusterEvents.ClaimChanged => "PersistentVolumeClaimUpdate",
        ClusterEvents.ClaimRemoved => "PersistentVolumeClaimDelete",
        ClusterEvents.VolumeAdded => "PersistentVolumeAdd",
        ClusterEvents.VolumeChanged => "PersistentVolumeUpdate",
        ClusterEvents.StorageClassAdded => "storage.k8s.io/StorageClassAdd",
        ClusterEvents.StorageClassChanged => "storage.k8s.io/StorageClassUpdate",
        ClusterEvents.CsiNodeAdded => "storage.k8s.io/CSINodeAdd",
        ClusterEvents.CsiNodeChanged => "storage.k8s.io/CSINodeUpdate",
        ClusterEvents.CsiDriverAdded => "storage.k8s.io/CSIDriverAdd",
        ClusterEvents.CsiDriverChanged => "storage.k8s.io/CSIDriverUpdate",
        ClusterEvents.CsiDriverRemoved => "storage.k8s.io/CSIDriverDelete",
        ClusterEvents.CapacityAdded => "storage.k8s.io/CSIStorageCapacityAdd",
        ClusterEvents.CapacityChanged => "storage.k8s.io/CSIStorageCapacityUpdate",
        ClusterEvents.AttachmentRemoved => "storage.k8s.io/VolumeAttachmentDelete",
        ClusterEvents.ResourceClaimAdded => "resource.k8s.io/ResourceClaimAdd",
        ClusterEvents.ResourceClaimChanged => "resource.k8s.io/ResourceClaimUpdate",
        ClusterEvents.ResourceClaimRemoved => "resource.k8s.io/ResourceClaimDelete",
        ClusterEvents.ResourceSliceAdded => "resource.k8s.io/ResourceSliceAdd",
        ClusterEvents.ResourceSliceChanged => "resource.k8s.io/ResourceSliceUpdate",
        ClusterEvents.DeviceClassAdded => "resource.k8s.io/DeviceClassAdd",
        ClusterEvents.DeviceClassChanged => "resource.k8s.io/DeviceClassUpdate",
        ClusterEvents.NamespaceAdded => "NamespaceAdd",
        ClusterEvents.NamespaceLabelsChanged => "NamespaceUpdate",
        _ => throw new ArgumentOutOfRangeException(nameof(one), one, "not one event"),
    };
}
