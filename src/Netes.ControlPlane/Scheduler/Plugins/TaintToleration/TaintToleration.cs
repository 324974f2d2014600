using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes whose taints the pod tolerates; those with fewer intolerable PreferNoSchedule taints are better.
/// Source: plugins/tainttoleration/taint_toleration.go.
/// </summary>
internal sealed class TaintToleration : IFilterPlugin, IPreScorePlugin, IScorePlugin, ISignPlugin
{
    // Kubernetes 1.35 took the keys and values out of the message: they may be confidential.
    private static readonly PluginStatus Untolerated =
        PluginStatus.Unresolvable("node(s) had untolerated taint(s)") with { Plugin = "TaintToleration" };

    public string Name => "TaintToleration";

    public ClusterEvents WakingEvents => ClusterEvents.NodeAdded | ClusterEvents.NodeTaintsChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change) =>
        change.Node is null || !HasUntolerated(pod.Pod.Spec.Tolerations, change.Node);

    public object? Sign(PodInfo pod) => pod.Pod.Spec.Tolerations;

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        HasUntolerated(pod.Pod.Spec.Tolerations, node.Node) ? Untolerated : null;

    public PluginStatus? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        foreach (var node in nodes)
        {
            foreach (var taint in node.Node.Spec.Taints)
            {
                if (taint.Effect == TaintEffect.PreferNoSchedule)
                {
                    return null;
                }
            }
        }

        return PluginStatus.Skipped;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var count = 0;
        foreach (var taint in node.Node.Spec.Taints)
        {
            if (taint.Effect == TaintEffect.PreferNoSchedule && !Tolerations.Tolerate(pod.Pod.Spec.Tolerations, taint))
            {
                count++;
            }
        }

        return count;
    }

    public void NormalizeScores(CycleState state, PodInfo pod, Span<long> scores) =>
        Scores.Normalize(scores, reverse: true);

    /// <summary>Whether the node has a taint that keeps pods away, other than those with these tolerations.</summary>
    internal static bool HasUntolerated(ValueList<Toleration> tolerations, Node node)
    {
        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect is TaintEffect.NoSchedule or TaintEffect.NoExecute
                && !Tolerations.Tolerate(tolerations, taint))
            {
                return true;
            }
        }

        return false;
    }
}
