using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What may let a pod fit that did not. Source: pkg/scheduler/framework/events.go.</summary>
[Flags]
public enum ClusterEvents : long
{
    None = 0,
    NodeAdded = 1,
    NodeAllocatableGrew = 1 << 1,
    NodeLabelsChanged = 1 << 2,

    /// <summary>Cordoned or not is told by this, too.</summary>
    NodeTaintsChanged = 1 << 3,

    /// <summary>A pod was bound, or assumed to be.</summary>
    AssignedPodAdded = 1 << 4,
    AssignedPodLabelsChanged = 1 << 5,
    AssignedPodRemoved = 1 << 6,

    /// <summary>A bound pod asks for less than it did.</summary>
    AssignedPodScaledDown = 1 << 7,

    /// <summary>Of the waiting pod itself.</summary>
    PodLabelsChanged = 1 << 8,
    PodScaledDown = 1 << 9,
    PodTolerationsChanged = 1 << 10,
    PodGatesChanged = 1 << 11,
    PodClaimsGenerated = 1 << 12,

    ClaimAdded = 1 << 13,
    ClaimChanged = 1 << 14,
    ClaimRemoved = 1 << 15,
    VolumeAdded = 1 << 16,
    VolumeChanged = 1 << 17,
    StorageClassAdded = 1 << 18,
    StorageClassChanged = 1 << 19,
    CsiNodeAdded = 1 << 20,
    CsiNodeChanged = 1 << 21,
    CsiDriverAdded = 1 << 22,
    CsiDriverChanged = 1 << 23,
    CsiDriverRemoved = 1 << 24,
    CapacityAdded = 1 << 25,
    CapacityChanged = 1 << 26,
    AttachmentRemoved = 1 << 27,

    ResourceClaimAdded = 1 << 28,
    ResourceClaimChanged = 1 << 29,
    ResourceClaimRemoved = 1 << 30,
    ResourceSliceAdded = 1L << 31,
    ResourceSliceChanged = 1L << 32,
    DeviceClassAdded = 1L << 33,
    DeviceClassChanged = 1L << 34,

    NodeRemoved = 1L << 35,

    NamespaceAdded = 1L << 36,
    NamespaceLabelsChanged = 1L << 37,

    NodeFeaturesChanged = 1L << 38,

    All = (1L << 39) - 1,
}

/// <summary>Something that happened in the cluster, with the objects it happened to.</summary>
public sealed record ClusterChange(ClusterEvents Events)
{
    public Node? Node { get; init; }

    public Node? OldNode { get; init; }

    /// <summary>Of a pod that went, its last state.</summary>
    public Pod? Pod { get; init; }

    public Pod? OldPod { get; init; }

    /// <summary>The claim, volume, storage class ... that is neither node nor pod; null: it is gone.</summary>
    public IKubernetesObject? Object { get; init; }

    public IKubernetesObject? OldObject { get; init; }

    /// <summary>What a node's update changed that matters to scheduling; heartbeats change nothing.</summary>
    public static ClusterEvents Between(Node? old, Node next)
    {
        if (old is null)
        {
            return ClusterEvents.NodeAdded;
        }

        var events = ClusterEvents.None;
        if (old.Status.Allocatable != next.Status.Allocatable)
        {
            events |= ClusterEvents.NodeAllocatableGrew;
        }

        if (old.Metadata.Labels != next.Metadata.Labels)
        {
            events |= ClusterEvents.NodeLabelsChanged;
        }

        if (old.Spec.Taints != next.Spec.Taints || old.Spec.Unschedulable != next.Spec.Unschedulable)
        {
            events |= ClusterEvents.NodeTaintsChanged;
        }

        if (old.Status.DeclaredFeatures != next.Status.DeclaredFeatures)
        {
            events |= ClusterEvents.NodeFeaturesChanged;
        }

        return events;
    }

    /// <summary>What an update of a pod changed; of one that is bound or of one that waits.</summary>
    public static ClusterEvents Between(Pod old, Pod next, bool isAssigned)
    {
        var events = ClusterEvents.None;
        if (old.Metadata.Labels != next.Metadata.Labels)
        {
            events |= isAssigned ? ClusterEvents.AssignedPodLabelsChanged : ClusterEvents.PodLabelsChanged;
        }

        if (AsksForLess(old, next))
        {
            events |= isAssigned ? ClusterEvents.AssignedPodScaledDown : ClusterEvents.PodScaledDown;
        }

        if (!isAssigned)
        {
            events |= old.Spec.Tolerations != next.Spec.Tolerations ? ClusterEvents.PodTolerationsChanged : 0;
            events |= old.Spec.SchedulingGates != next.Spec.SchedulingGates ? ClusterEvents.PodGatesChanged : 0;
            events |= old.Status.ResourceClaimStatuses != next.Status.ResourceClaimStatuses
                || old.Status.ExtendedResourceClaimStatus != next.Status.ExtendedResourceClaimStatus
                ? ClusterEvents.PodClaimsGenerated
                : 0;
        }

        return events;
    }

    private static bool AsksForLess(Pod old, Pod next)
    {
        if (old.Spec.Containers == next.Spec.Containers && old.Spec.InitContainers == next.Spec.InitContainers
            && old.Spec.Resources == next.Spec.Resources
            && old.Status.ContainerStatuses == next.Status.ContainerStatuses)
        {
            return false;
        }

        var now = PodRequests.Of(next);
        return ResourceAmounts.Max(PodRequests.Of(old), now) != now;
    }
}
