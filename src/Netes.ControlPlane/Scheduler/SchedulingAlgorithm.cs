namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Finds the best node for a pod in a snapshot. Used by the scheduling loop only.
/// Source: pkg/scheduler/schedule_one.go, schedulePod.
/// </summary>
/// <param name="framework">The plugins.</param>
/// <param name="percentage">How many of the nodes are enough, in percent; 0: by the size of the cluster.</param>
/// <param name="random">Chooses among equals.</param>
internal sealed class SchedulingAlgorithm(SchedulerFramework framework, int percentage, Random random)
{
    // Of large clusters a part is enough: 50 % less 1 % per 125 nodes, at least 5 % and at least 100 nodes.
    private const int MinFeasibleNodes = 100;
    private const int MinPercentage = 5;

    private static readonly PluginStatus Nowhere = PluginStatus.Unschedulable();

    private readonly AnswerCache _answers = new(framework.SignedScores);
    private readonly List<NodeInfo> _feasible = [];
    private int _nextNode;

    /// <summary>Null: there are none.</summary>
    public SchedulerExtenders? Extenders { get; init; }

    public ScheduleResult Schedule(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        if (snapshot.Nodes.Count == 0)
        {
            return new ScheduleResult(null, FitError.NoNodes, framework.Filters, null);
        }

        if (framework.RunPreFilters(state, pod, snapshot, out var names, out var narrowing) is { } refusal)
        {
            return Failed(state, pod, snapshot, new NodeStatuses { Absent = refusal }, "", refusal);
        }

        var statuses = new NodeStatuses();
        var answers = names is null && framework.Sign(pod) is { } signature ? _answers.Get(signature) : null;
        var extended = false;
        if (!FindNominated(state, pod, snapshot, names))
        {
            var candidates = names is null ? snapshot.Nodes : [.. names.Select(snapshot.Get).OfType<NodeInfo>()];
            FindFeasible(new(state, pod, answers), candidates, statuses);
            extended = Extenders?.Filter(pod.Pod, _feasible, statuses) ?? false;
        }

        if (_feasible.Count == 0)
        {
            var absent = narrowing.Count == 0
                ? ""
                : $"node(s) didn't satisfy plugin(s) [{string.Join(' ', narrowing)}]";
            var result = Failed(state, pod, snapshot, statuses, absent, null);
            return extended ? result with { Rejectors = [.. result.Rejectors, Extenders!.Rejector] } : result;
        }

        return ScheduleResult.On(Select(state, pod, answers));
    }

    /// <summary>Room was made for it: no other node is looked at if it fits there now.</summary>
    private bool FindNominated(CycleState state, PodInfo pod, Snapshot snapshot, IReadOnlySet<string>? names)
    {
        _feasible.Clear();
        var nominated = pod.Pod.Status.NominatedNodeName;
        if (nominated.Length > 0 && names?.Contains(nominated) != false && snapshot.Get(nominated) is { } node
            && framework.RunFiltersWithNominated(state, pod, node, null) is null)
        {
            _feasible.Add(node);
        }

        if (_feasible.Count > 0 && Extenders is { } extenders)
        {
            try
            {
                extenders.Filter(pod.Pod, _feasible, new());
            }
            catch (ExtenderException)
            {
                // The other nodes are looked at, and the extender is asked again.
                _feasible.Clear();
            }
        }

        return _feasible.Count > 0;
    }

    private void FindFeasible(in Search search, IReadOnlyList<NodeInfo> nodes, NodeStatuses statuses)
    {
        var started = framework.Start();
        var enough = EnoughNodes(nodes.Count);
        var looked = 0;
        var at = nodes.Count == 0 ? 0 : _nextNode % nodes.Count;
        while (looked < nodes.Count && _feasible.Count < enough)
        {
            var node = nodes[at];
            at = at + 1 == nodes.Count ? 0 : at + 1;
            looked++;
            if (framework.RunFiltersWithNominated(search.State, search.Pod, node, search.Answers) is { } status)
            {
                if (status.Code == PluginCode.Error)
                {
                    throw new InvalidOperationException($"running \"{status.Plugin}\" filter plugin: {status.Message}");
                }

                statuses.Add(node, status);
            }
            else
            {
                _feasible.Add(node);
            }
        }

        // The next pod begins where this one stopped, so that all nodes get their turn.
        _nextNode = at;
        framework.Ran(ExtensionPoint.Filter, _feasible.Count > 0 ? null : Nowhere, started);
    }

    private int EnoughNodes(int nodes)
    {
        if (nodes < MinFeasibleNodes || percentage >= 100)
        {
            return nodes;
        }

        var part = percentage > 0 ? percentage : Math.Max(50 - (nodes / 125), MinPercentage);
        return Math.Max(nodes * part / 100, MinFeasibleNodes);
    }

    /// <summary>The best node; of equally good ones, any.</summary>
    private string Select(CycleState state, PodInfo pod, NodeAnswers? answers)
    {
        if (_feasible.Count == 1)
        {
            return _feasible[0].Name;
        }

        var scores = framework.RunScores(state, pod, _feasible, answers);
        if (Extenders is { } extenders)
        {
            var totals = scores.ToArray();
            extenders.Score(pod.Pod, _feasible, totals);
            scores = totals;
        }

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

        return _feasible[best].Name;
    }

    private ScheduleResult Failed(
        CycleState state, PodInfo pod, Snapshot snapshot, NodeStatuses statuses, string absent, PluginStatus? preFilter)
    {
        if (preFilter is { IsRejected: false })
        {
            throw new InvalidOperationException(
                $"running PreFilter plugin \"{preFilter.Plugin}\": {preFilter.Message}");
        }

        var names = statuses.Nodes.Select(pair => pair.Status.Plugin).ToHashSet(StringComparer.Ordinal);
        if (preFilter is not null)
        {
            names.Add(preFilter.Plugin);
        }

        var rejectors = framework.All.Where(plugin => names.Contains(plugin.Name)).ToList();
        var (message, post) = framework.RunPostFilters(state, pod, snapshot, statuses);
        var text = FitError.Message(
            snapshot.Nodes.Count, [.. statuses.Nodes.Select(pair => pair.Status)], absent, preFilter?.Message ?? "",
            message);
        return new ScheduleResult(null, text, rejectors.Count == 0 ? framework.Filters : rejectors, post);
    }

    /// <summary>What a walk over the nodes needs of its cycle.</summary>
    private readonly record struct Search(CycleState State, PodInfo Pod, NodeAnswers? Answers);
}
