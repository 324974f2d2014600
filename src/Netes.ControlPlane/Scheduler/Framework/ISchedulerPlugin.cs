using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// A scheduler plugin; it implements one or more of the extension points. Source: KEP-624, framework/interface.go.
/// </summary>
public interface ISchedulerPlugin
{
    string Name { get; }

    /// <summary>What may let a pod fit that this plugin turned down.</summary>
    ClusterEvents WakingEvents => ClusterEvents.All;

    /// <summary>
    /// The queueing hint: true when the change may let the pod fit that this plugin turned down; only asked about
    /// <see cref="WakingEvents"/>. A change of the pod itself comes with that pod.
    /// </summary>
    bool MayHelp(PodInfo pod, ClusterChange change) => true;
}

/// <summary>Whether a pod may enter the active queue at all.</summary>
public interface IPreEnqueuePlugin : ISchedulerPlugin
{
    PluginStatus? PreEnqueue(Pod pod);
}

/// <summary>Which of two waiting pods goes first; there is exactly one.</summary>
public interface IQueueSortPlugin : ISchedulerPlugin
{
    int Compare(QueuedPod left, QueuedPod right);
}

/// <summary>
/// Prepares what <see cref="IFilterPlugin"/> needs, once per pod. <c>Skip</c>: its filter has nothing to say.
/// </summary>
public interface IPreFilterPlugin : ISchedulerPlugin
{
    /// <param name="state">Where to remember things.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="nodeNames">Set to the only nodes that can come into question; else left null.</param>
    PluginStatus? PreFilter(CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames);
}

/// <summary>
/// A <see cref="IPreFilterPlugin"/> whose prepared state counts pods: told when one is thought away (preemption) or
/// added (nominated pods), before its filter is asked about that node. What it keeps is an <see cref="ICycleData"/>.
/// </summary>
public interface IPreFilterExtensions : IPreFilterPlugin
{
    PluginStatus? AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node);

    PluginStatus? RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node);
}

/// <summary>
/// Plugins that tell what of a pod their filter and score look at: two pods with equal signs fit the same nodes, with
/// the same scores, for as long as the one node's <see cref="NodeInfo"/> is the same. Answers are then remembered.
/// Plugins that look at more than the one node must not implement it. Source: KEP-5598, SignPlugin.
/// </summary>
public interface ISignPlugin : ISchedulerPlugin
{
    /// <returns>A value with equality; null: nothing of the pod matters.</returns>
    object? Sign(PodInfo pod);
}

/// <summary>Whether a pod fits a node.</summary>
public interface IFilterPlugin : ISchedulerPlugin
{
    PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Called when no node fits: it may make room.</summary>
public interface IPostFilterPlugin : ISchedulerPlugin
{
    /// <returns>The node that will have room, or why there is none.</returns>
    PostFilterResult PostFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, NodeStatuses statuses);
}

/// <summary>What a post filter came to.</summary>
/// <param name="NominatedNode">Empty: none any more. Null: as it was.</param>
/// <param name="Message">For the pod's condition.</param>
/// <param name="Act">What has to be done to make the room; null: nothing.</param>
public sealed record PostFilterResult(string? NominatedNode, string Message, Func<CancellationToken, Task>? Act)
{
    /// <summary>How many pods go for it.</summary>
    public int Victims { get; init; }
}

/// <summary>Prepares what <see cref="IScorePlugin"/> needs. <c>Skip</c>: its score has nothing to say.</summary>
public interface IPreScorePlugin : ISchedulerPlugin
{
    PluginStatus? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes);
}

/// <summary>How good a fitting node is.</summary>
public interface IScorePlugin : ISchedulerPlugin
{
    public const long MaxScore = 100;

    long Score(CycleState state, PodInfo pod, NodeInfo node);

    /// <summary>Brings the scores of all nodes into 0..100.</summary>
    void NormalizeScores(CycleState state, PodInfo pod, Span<long> scores)
    {
    }
}

/// <summary>Books what the pod needs on the chosen node, before it is bound; must not wait.</summary>
public interface IReservePlugin : ISchedulerPlugin
{
    PluginStatus? Reserve(CycleState state, PodInfo pod, string node);

    void Unreserve(CycleState state, PodInfo pod, string node);
}

/// <summary>May hold a pod back before it is bound; must not wait itself.</summary>
public interface IPermitPlugin : ISchedulerPlugin
{
    /// <returns>
    /// <c>default</c>: go on. A status that rejects: the pod is not bound. <see cref="PermitResult.WaitFor"/>: it waits
    /// (see <see cref="WaitingPods"/>) until the plugin allows or rejects it, or the time is over.
    /// </returns>
    PermitResult Permit(CycleState state, PodInfo pod, string node);
}

/// <summary>What a permit plugin says.</summary>
public readonly record struct PermitResult(PluginStatus? Status, TimeSpan Timeout)
{
    public static PermitResult WaitFor(TimeSpan timeout) => new(PluginStatus.Waiting, timeout);
}

/// <summary>Does what must be done before the binding, e.g. provision a volume.</summary>
public interface IPreBindPlugin : ISchedulerPlugin
{
    /// <returns><c>Skip</c>: it has nothing to do for this pod, and is not called. Must be quick.</returns>
    PluginStatus? PreBindPreFlight(CycleState state, PodInfo pod, string node);

    Task<PluginStatus?> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancel);
}

/// <summary>Binds the pod; the first that does not skip does it.</summary>
public interface IBindPlugin : ISchedulerPlugin
{
    Task<PluginStatus?> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancel);
}

/// <summary>Told after a pod was bound.</summary>
public interface IPostBindPlugin : ISchedulerPlugin
{
    void PostBind(CycleState state, PodInfo pod, string node);
}
