using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Soft constraints. Source: plugins/podtopologyspread/scoring.go.</summary>
internal sealed partial class PodTopologySpread
{
    private const long Ignored = -1;

    public PluginStatus? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        var constraints = Constraints(pod.Pod, UnsatisfiableConstraintAction.ScheduleAnyway);
        if (constraints.Count == 0)
        {
            return PluginStatus.Skipped;
        }

        // With the built-in constraints, nodes without a zone still spread by host.
        var needsAll = !pod.Pod.Spec.TopologySpreadConstraints.IsEmpty || !_arguments.IsSystemDefaulted;
        var keys = needsAll ? KeysOf(constraints) : [];
        var index = _snapshot.Topology;
        var scores = new SpreadScore[constraints.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var constraint = constraints[i];
            var counter = index.Counter(constraint.PodsFor(pod.Pod));
            var map = index.Map(constraint.Key);
            scores[i] = new SpreadScore(
                map, counter, counter.By(map, index.Nodes(constraint.NodesFor(pod.Pod, keys))),
                constraint.Spec.MaxSkew - 1, constraint.Key == SpreadConstraint.Hostname);
        }

        Weigh(scores, nodes, needsAll);
        state.Set(this, new SpreadScores(scores, needsAll));
        return null;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var scores = state.Get<SpreadScores>(this)!;
        var sum = 0.0;
        foreach (var score in scores.Constraints)
        {
            var domain = score.Map.DomainOf(node.Slot);
            if (domain != TopologyMap.None)
            {
                var count = score.IsPerNode ? score.Counter.On(node.Slot) : score.Domains.In(domain);
                sum += (count * score.Weight) + score.Tolerance;
            }
            else if (scores.NeedsAll)
            {
                return Ignored;
            }
        }

        // As Go rounds: half away from zero.
        return (long)Math.Round(sum, MidpointRounding.AwayFromZero);
    }

    public void NormalizeScores(CycleState state, PodInfo pod, Span<long> scores)
    {
        var (least, most) = (long.MaxValue, 0L);
        foreach (var score in scores)
        {
            if (score != Ignored)
            {
                (least, most) = (Math.Min(least, score), Math.Max(most, score));
            }
        }

        foreach (ref var score in scores)
        {
            score = score == Ignored ? 0
                : most == 0 ? IScorePlugin.MaxScore
                : IScorePlugin.MaxScore * (most + least - score) / most;
        }
    }

    /// <summary>A domain among few counts less than one among many: small topologies are not drowned.</summary>
    private static void Weigh(SpreadScore[] scores, IReadOnlyList<NodeInfo> nodes, bool needsAll)
    {
        var domains = new HashSet<int>[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            domains[i] = [];
        }

        var counted = 0;
        foreach (var node in nodes)
        {
            if (needsAll && !Array.TrueForAll(scores, score => score.Map.DomainOf(node.Slot) != TopologyMap.None))
            {
                continue;
            }

            counted++;
            for (var i = 0; i < scores.Length; i++)
            {
                // One without the label is a domain of its own here, too.
                if (!scores[i].IsPerNode)
                {
                    domains[i].Add(scores[i].Map.DomainOf(node.Slot));
                }
            }
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i].Weight = Math.Log((scores[i].IsPerNode ? counted : domains[i].Count) + 2);
        }
    }

    private sealed record SpreadScores(SpreadScore[] Constraints, bool NeedsAll);

    /// <summary>What one constraint adds.</summary>
    private sealed class SpreadScore(
        TopologyMap map, PodCounter counter, DomainCounter domains, int tolerance, bool isPerNode)
    {
        public TopologyMap Map { get; } = map;

        public PodCounter Counter { get; } = counter;

        public DomainCounter Domains { get; } = domains;

        public double Tolerance { get; } = tolerance;

        public bool IsPerNode { get; } = isPerNode;

        public double Weight { get; set; }
    }
}
