namespace Netes.ControlPlane.Scheduling;

/// <summary>What is preferred. Source: plugins/interpodaffinity/scoring.go.</summary>
internal sealed partial class InterPodAffinity
{
    public PluginStatus? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        var index = context.Snapshot.Topology;
        var weights = new AffinityWeights();
        foreach (var (term, weight) in pod.Terms.Preferred)
        {
            weights.Counters.Add((Counter(term, index), weight));
        }

        var labels = LabelsOf(pod.Key.Namespace);
        if (_arguments.HardPodAffinityWeight > 0)
        {
            AddMatching(index.Required, _arguments.HardPodAffinityWeight);
        }

        if (!_arguments.IgnorePreferredTermsOfExistingPods || !pod.Terms.Preferred.IsEmpty)
        {
            AddMatching(index.Preferred, 1);
        }

        if (weights.Counters.Count == 0 && weights.Groups.Count == 0)
        {
            return PluginStatus.Skipped;
        }

        state.Set(this, weights);
        return null;

        void AddMatching(TermGroups groups, int weight)
        {
            foreach (var group in groups.All)
            {
                if (group.HasDomains && group.Term.Matches(pod.Pod, labels))
                {
                    weights.Groups.Add((group, weight));
                }
            }
        }
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var weights = state.Get<AffinityWeights>(this)!;
        var score = 0L;
        foreach (var (counter, weight) in weights.Counters)
        {
            score += (long)counter.In(counter.Map.DomainOf(node.Slot)) * weight;
        }

        foreach (var (group, weight) in weights.Groups)
        {
            score += group.In(group.Map.DomainOf(node.Slot)) * weight;
        }

        return score;
    }

    public void NormalizeScores(CycleState state, PodInfo pod, Span<long> scores)
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var score in scores)
        {
            (least, most) = (Math.Min(least, score), Math.Max(most, score));
        }

        foreach (ref var score in scores)
        {
            score = most > least
                ? (long)(IScorePlugin.MaxScore * ((double)(score - least) / (most - least)))
                : 0;
        }
    }

    /// <summary>What speaks for a node, by the domains it is in.</summary>
    private sealed class AffinityWeights
    {
        public List<(DomainCounter Counter, int Weight)> Counters { get; } = [];

        public List<(TermGroup Group, int Weight)> Groups { get; } = [];
    }
}
