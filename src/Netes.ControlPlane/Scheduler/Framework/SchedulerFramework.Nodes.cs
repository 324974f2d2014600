namespace Netes.ControlPlane.Scheduling;

/// <summary>What runs for each node. Used by the scheduling loop only.</summary>
internal sealed partial class SchedulerFramework
{
    private long[] _totals = [];
    private long[] _column = [];

    /// <summary>How many plugins' scores may be remembered.</summary>
    public int SignedScores => _signed.Length;

    /// <summary>Null: some plugin that comes first looks at more than the pod and the node.</summary>
    public PodSignature? Sign(PodInfo pod)
    {
        if (_localFilters == 0 && _signed.Length == 0)
        {
            return null;
        }

        var signs = new object?[_signers.Length];
        for (var i = 0; i < signs.Length; i++)
        {
            signs[i] = _signers[i].Sign(pod);
        }

        return new PodSignature(signs);
    }

    /// <summary>Null: the pod fits the node as far as the plugins can tell.</summary>
    public PluginStatus? RunFilters(CycleState state, PodInfo pod, NodeInfo node) =>
        RunFilters(state, pod, node, 0, Filters.Length);

    /// <summary>
    /// It must fit with the pods that are expected there, and, as they may not come, without them.
    /// Source: RunFilterPluginsWithNominatedPods.
    /// </summary>
    public PluginStatus? RunFiltersWithNominated(CycleState state, PodInfo pod, NodeInfo node, NodeAnswers? answers)
    {
        if (_context.Nominator.On(node.Name) is { } nominated)
        {
            var (expected, whatIf) = (node, state);
            foreach (var other in nominated)
            {
                if (other.Priority >= pod.Priority && other.Key != pod.Key)
                {
                    whatIf = ReferenceEquals(whatIf, state) ? state.Clone() : whatIf;
                    expected = expected.WithPod(other);
                    if (AddPod(whatIf, pod, other, expected) is { } failure)
                    {
                        return failure;
                    }
                }
            }

            if (!ReferenceEquals(whatIf, state) && RunFilters(whatIf, pod, expected) is { } status)
            {
                return status;
            }
        }

        if (answers is null)
        {
            return RunFilters(state, pod, node);
        }

        if (!answers.TryGetStatus(node, out var local))
        {
            local = RunFilters(state, pod, node, 0, _localFilters);
            answers.SetStatus(node, local);
        }

        return local ?? RunFilters(state, pod, node, _localFilters, Filters.Length);
    }

    /// <summary>The weighted sum of all scores, per node. Overwritten by the next call.</summary>
    public ReadOnlySpan<long> RunScores(
        CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, NodeAnswers? answers = null)
    {
        if (_totals.Length < nodes.Count)
        {
            (_totals, _column) = (new long[nodes.Count * 2], new long[nodes.Count * 2]);
        }

        var started = Start();
        var totals = _totals.AsSpan(0, nodes.Count);
        var column = _column.AsSpan(0, nodes.Count);
        totals.Clear();
        if (answers is not null)
        {
            FillIn(state, pod, nodes, answers);
        }

        foreach (var (plugin, weight, signed) in _scores)
        {
            if (state.SkipsScore(plugin)
                || ((answers is null || signed < 0) && IsSkipped(plugin, state, pod, nodes)))
            {
                continue;
            }

            for (var i = 0; i < column.Length; i++)
            {
                column[i] = answers is not null && signed >= 0
                    ? answers.Scores(nodes[i], out _)[signed]
                    : plugin.Score(state, pod, nodes[i]);
            }

            plugin.NormalizeScores(state, pod, column);
            for (var i = 0; i < column.Length; i++)
            {
                totals[i] += column[i] * weight;
            }
        }

        Ran("Score", null, started);
        return totals;
    }

    /// <summary>Null: a post filter made room. Else why none could.</summary>
    public (string Message, PostFilterResult? Result) RunPostFilters(
        CycleState state, PodInfo pod, Snapshot snapshot, NodeStatuses statuses)
    {
        var started = Start();
        var messages = new List<string>();
        PostFilterResult? last = null;
        foreach (var plugin in PostFilters)
        {
            var result = plugin.PostFilter(state, pod, snapshot, statuses);
            last = After(last, result);
            if (result.NominatedNode is { Length: > 0 })
            {
                Ran("PostFilter", null, started);
                return ("", last);
            }

            if (result.Message.Length > 0)
            {
                messages.Add(result.Message);
            }
        }

        Ran("PostFilter", PluginStatus.Unschedulable(), started);
        return (string.Join(", ", messages), last);
    }

    /// <summary>Both are acted on, one after the other.</summary>
    private static PostFilterResult? After(PostFilterResult? first, PostFilterResult next) => next switch
    {
        { NominatedNode: null, Act: null } => first,
        _ when first is null => next,
        _ => new PostFilterResult(next.NominatedNode ?? first.NominatedNode, next.Message, async cancel =>
        {
            await (first.Act?.Invoke(cancel) ?? Task.CompletedTask);
            await (next.Act?.Invoke(cancel) ?? Task.CompletedTask);
        }) { Victims = next.Victims },
    };

    private PluginStatus? RunFilters(CycleState state, PodInfo pod, NodeInfo node, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var plugin = Filters[i];
            if (!state.SkipsFilter(plugin) && plugin.Filter(state, pod, node) is { } status)
            {
                return status.Plugin.Length > 0 ? status : status with { Plugin = plugin.Name };
            }
        }

        return null;
    }

    /// <summary>Asks the plugins that look at one node only about the nodes that changed.</summary>
    private void FillIn(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, NodeAnswers answers)
    {
        foreach (var plugin in _signed)
        {
            if (IsSkipped(plugin, state, pod, nodes))
            {
                state.SkipScore(plugin);
            }
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            var scores = answers.Scores(nodes[i], out var known);
            for (var plugin = 0; !known && plugin < scores.Length; plugin++)
            {
                scores[plugin] = _signed[plugin].Score(state, pod, nodes[i]);
            }
        }
    }

    private bool IsSkipped(IScorePlugin plugin, CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        var status = plugin is IPreScorePlugin preScore && _preScores.Contains(preScore)
            ? preScore.PreScore(state, pod, nodes)
            : null;
        return status is not null and not { Code: PluginCode.Skip }
            ? throw new InvalidOperationException($"running PreScore plugin \"{plugin.Name}\": {status.Message}")
            : status is not null;
    }
}
