using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes that the pod's node selector and node affinity ask for, and prefer.
/// Source: plugins/nodeaffinity/node_affinity.go.
/// </summary>
internal sealed class NodeAffinity(PluginContext context)
    : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin, ISignPlugin
{
    private static readonly PluginStatus NoMatch =
        PluginStatus.Unresolvable("node(s) didn't match Pod's node affinity/selector") with { Plugin = "NodeAffinity" };

    private static readonly PluginStatus Conflict =
        PluginStatus.Unresolvable("pod affinity terms conflict") with { Plugin = "NodeAffinity" };

    private static readonly PluginStatus Enforced =
        PluginStatus.Unresolvable("node(s) didn't match scheduler-enforced node affinity") with
        {
            Plugin = "NodeAffinity",
        };

    private readonly Netes.Api.Core.NodeAffinity? _added = context.Arguments<NodeAffinityArgs>().AddedAffinity;

    private NodeSelector? AddedRequired => _added?.RequiredDuringSchedulingIgnoredDuringExecution;

    public string Name => "NodeAffinity";

    public ClusterEvents WakingEvents => ClusterEvents.NodeAdded | ClusterEvents.NodeLabelsChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change) =>
        change.Node is null || NodeSelectors.MatchesRequired(pod.Pod, change.Node);

    public object? Sign(PodInfo pod) => (pod.Pod.Spec.NodeSelector, pod.Pod.Spec.Affinity?.NodeAffinity);

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        var required = pod.Pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        if (required is null && pod.Pod.Spec.NodeSelector.IsEmpty && AddedRequired is null)
        {
            return PluginStatus.Skipped;
        }

        // Pods of daemon sets name their node in each term: the others need not be looked at.
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var term in required?.NodeSelectorTerms ?? [])
        {
            if (NamesOf(term) is not { } ofTerm)
            {
                return null;
            }

            names.UnionWith(ofTerm);
        }

        if (required is null || required.NodeSelectorTerms.IsEmpty)
        {
            return null;
        }

        nodeNames = names;
        return names.Count == 0 ? Conflict : null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        AddedRequired is { } added && !NodeSelectors.Matches(added.NodeSelectorTerms, node.Node) ? Enforced
        : NodeSelectors.MatchesRequired(pod.Pod, node.Node) ? null
        : NoMatch;

    public PluginStatus? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        pod.Pod.Spec.Affinity?.NodeAffinity is { PreferredDuringSchedulingIgnoredDuringExecution.IsEmpty: false }
            || _added is { PreferredDuringSchedulingIgnoredDuringExecution.IsEmpty: false }
            ? null
            : PluginStatus.Skipped;

    public long Score(CycleState state, PodInfo pod, NodeInfo node) =>
        Sum(_added, node) + Sum(pod.Pod.Spec.Affinity?.NodeAffinity, node);

    public void NormalizeScores(CycleState state, PodInfo pod, Span<long> scores) =>
        Scores.Normalize(scores, reverse: false);

    /// <summary>The node names that a term allows by its fields; null when it does not name any.</summary>
    private static HashSet<string>? NamesOf(NodeSelectorTerm term)
    {
        HashSet<string>? names = null;
        foreach (var field in term.MatchFields)
        {
            if (field.Key == "metadata.name" && field.Operator == NodeSelectorOperator.In)
            {
                if (names is null)
                {
                    names = [.. field.Values];
                }
                else
                {
                    names.IntersectWith(field.Values);
                }
            }
        }

        return names;
    }

    private static long Sum(Netes.Api.Core.NodeAffinity? affinity, NodeInfo node)
    {
        var score = 0L;
        foreach (var term in affinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default)
        {
            if (term.Weight != 0 && NodeSelectors.Matches(term.Preference, node.Node))
            {
                score += term.Weight;
            }
        }

        return score;
    }
}
