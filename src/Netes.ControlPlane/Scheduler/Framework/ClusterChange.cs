using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What may let a pod fit that did not. Source: pkg/scheduler/framework/types.go, ActionType.</summary>
[Flags]
public enum ClusterEvents
{
    None = 0,
    NodeAdded = 1,
    NodeAllocatableGrew = 1 << 1,
    NodeLabelsChanged = 1 << 2,
    NodeTaintsChanged = 1 << 3,
    AssignedPodAdded = 1 << 4,
    AssignedPodLabelsChanged = 1 << 5,
    AssignedPodRemoved = 1 << 6,
    All = (1 << 7) - 1,
}

/// <summary>Something that happened in the cluster, with the objects it happened to.</summary>
public sealed record ClusterChange(ClusterEvents Events)
{
    public Node? Node { get; init; }

    public Pod? Pod { get; init; }

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

        return events;
    }
}
