using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// A pod that waits to be scheduled. The queue's lock guards it. Source: framework/types.go, QueuedPodInfo.
/// </summary>
public sealed class QueuedPod(PodInfo info, long queuedAt)
{
    public PodInfo Info { get; internal set; } = info;

    public ObjectKey Key => Info.Key;

    /// <summary>A number that grows with the time of its last entry into the queue.</summary>
    public long QueuedAt { get; internal set; } = queuedAt;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; internal set; }

    /// <summary>When the try that is under way began, and the first: timestamps of the clock.</summary>
    internal (long Now, long First) TriedAt { get; set; }

    /// <summary>
    /// Ends when the pod's condition tells how the last try went. What comes next waits for it: two tries may follow
    /// each other faster than what they tell is written.
    /// </summary>
    internal Task Told { get; set; } = Task.CompletedTask;

    /// <summary>Tries that failed by an error, in a row.</summary>
    internal int Errors { get; set; }

    /// <summary>Who turned it down the last time; empty: an error did.</summary>
    internal IReadOnlyCollection<ISchedulerPlugin> Rejectors { get; set; } = [];

    /// <summary>What may wake it.</summary>
    internal ClusterEvents WakingEvents { get; set; }

    /// <summary>It rested for too long: nothing else woke it for the next try.</summary>
    internal bool IsFlushed { get; set; }

    /// <summary>Since when it is unschedulable, in ticks of the clock.</summary>
    internal long FailedAt { get; set; }

    internal QueuePlace Place { get; set; }

    /// <summary>The number of the first change it may have missed while it was being scheduled.</summary>
    internal long MissedFrom { get; set; }
}

/// <summary>Where in the queue a pod is.</summary>
internal enum QueuePlace
{
    Nowhere,
    Active,
    Backoff,
    ErrorBackoff,
    Unschedulable,
    Gated,
    InFlight,
}
