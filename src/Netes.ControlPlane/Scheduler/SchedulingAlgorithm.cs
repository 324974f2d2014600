namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Finds the best node for a pod in a snapshot. Used by the scheduling loop only.
/// Source: pkg/scheduler/schedule_one.go, schedulePod.
/// </summary>
internal sealed class SchedulingAlgorithm(SchedulerFramework framework, Nominator nominator, Random random)
{
    // Of large clusters a part is enough: 50 % less 1 % per 125 nodes, at least 5 % and at least 100 nodes.
    private const int MinFeasibleNodes = 100;
    private const int MinPercentage = 5;

    private readonly Dictionary<string, ISchedulerPlugin> _byName =
        framework.All.ToDictionary(plugin => plugin.Name, StringComparer.Ordinal);

    private int _nextNode;

    public ScheduleResult Schedule(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        if (snapshot.Nodes.Count == 0)
        {
            return new ScheduleResult(null, FitError.NoNodes, framework.Filters, null);
        }

        if (framework.RunPreFilters(state, pod, snapshot, out var names, out var narrowing) is { } refusal)
        {
            return Failed(state, pod, snapshot, [], "", refusal);
        }

        var candidates = names is null ? snapshot.Nodes : [.. names.Select(snapshot.Get).OfType<NodeInfo>()];
        var statuses = new Dictionary<string, PluginStatus>(StringComparer.Ordinal);
        var feasible = FindFeasible(state, pod, candidates, statuses);
        if (feasible.Count == 0)
        {
            var absent = narrowing.Count == 0
                ? ""
                : $"node(s) didn't satisfy plugin(s) [{string.Join(' ', narrowing)}]";
            return Failed(state, pod, snapshot, statuses, absent, null);
        }

        return ScheduleResult.On(Select(state, pod, feasible));
    }

    private List<NodeInfo> FindFeasible(
        CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, Dictionary<string, PluginStatus> statuses)
    {
        var enough = EnoughNodes(nodes.Count);
        var feasible = new List<NodeInfo>();
        var looked = 0;
        while (looked < nodes.Count && feasible.Count < enough)
        {
            var node = nodes[(_nextNode + looked) % nodes.Count];
            looked++;
            if (RunFilters(state, pod, node) is { } status)
            {
                statuses[node.Name] = status;
            }
            else
            {
                feasible.Add(node);
            }
        }

        // The next pod begins where this one stopped, so that all nodes get their turn.
        _nextNode = nodes.Count == 0 ? 0 : (_nextNode + looked) % nodes.Count;
        return feasible;
    }

    /// <summary>It must fit with the pods that are expected there, and, as they may not come, without them.</summary>
    private PluginStatus? RunFilters(CycleState state, PodInfo pod, NodeInfo node)
    {
        var expected = nominator.WithNominated(node, pod);
        return (ReferenceEquals(expected, node) ? null : framework.RunFilters(state, pod, expected))
            ?? framework.RunFilters(state, pod, node);
    }

    private static int EnoughNodes(int nodes)
    {
        if (nodes < MinFeasibleNodes)
        {
            return nodes;
        }

        var percentage = Math.Max(50 - (nodes / 125), MinPercentage);
        return Math.Max(nodes * percentage / 100, MinFeasibleNodes);
    }

    /// <summary>The best node; of equally good ones, any.</summary>
    private string Select(CycleState state, PodInfo pod, List<NodeInfo> feasible)
    {
        if (feasible.Count == 1)
        {
            return feasible[0].Name;
        }

        var scores = framework.RunScores(state, pod, feasible);
        var (best, equals) = (0, 1);
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
            {
                (best, equals) = (i, 1);
            }
            else if (scores[i] == scores[best] && random.Next(++equals) == 0)
            {
                best = i;
            }
        }

        return feasible[best].Name;
    }

    private ScheduleResult Failed(
        CycleState state, PodInfo pod, Snapshot snapshot, Dictionary<string, PluginStatus> statuses, string absent,
        PluginStatus? preFilter)
    {
        var rejectors = statuses.Values.Append(preFilter)
            .Where(status => status is not null && _byName.ContainsKey(status.Plugin))
            .Select(status => _byName[status!.Plugin])
            .ToHashSet();
        var (message, post) = RunPostFilters(state, pod, snapshot, statuses);
        var text = FitError.Message(
            snapshot.Nodes.Count, statuses.Values, absent, preFilter?.Message ?? "", message);
        return new ScheduleResult(null, text, rejectors.Count == 0 ? framework.Filters : rejectors, post);
    }

    private (string Message, PostFilterResult? Result) RunPostFilters(
        CycleState state, PodInfo pod, Snapshot snapshot, Dictionary<string, PluginStatus> statuses)
    {
        var messages = new List<string>();
        foreach (var plugin in framework.PostFilters)
        {
            var result = plugin.PostFilter(state, pod, snapshot, statuses);
            if (result.NominatedNode.Length > 0)
            {
                return ("", result);
            }

            if (result.Message.Length > 0)
            {
                messages.Add(result.Message);
            }
        }

        return (string.Join(", ", messages), null);
    }
}
