namespace Netes.ControlPlane.Scheduling;

/// <summary>What runs for each node. Used by the scheduling loop only.</summary>
internal sealed partial class SchedulerFramework
{
    private static readonly PluginStatus NoRoom = PluginStatus.Unschedulable();

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

        RunPreScores(state, pod, nodes);
        var started = Start();
        var totals = _totals.AsSpan(0, nodes.Count);
        var column = _column.AsSpan(0, nodes.Count);
        totals.Clear();
        var asked = answers is null ? 0 : FillIn(state, pod, nodes, answers);
        for (var s = 0; s < _scores.Length; s++)
        {
            var (plugin, weight, signed) = _scores[s];
            if (state.SkipsScore(plugin))
            {
                continue;
            }

            PluginTurn turn;
            if (signed >= 0 && answers is not null)
            {
                _scored?.Add(s, asked);
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] = answers.Scores(nodes[i], out _)[signed];
                }

                turn = state.Turn();
            }
            else
            {
                _scored?.Add(s, column.Length);
                turn = state.Turn();
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] = plugin.Score(state, pod, nodes[i]);
                    turn.End(ExtensionPoint.Score, plugin, null);
                }
            }

            plugin.NormalizeScores(state, pod, column);
            turn.End(ExtensionPoint.ScoreExtensionNormalize, plugin, null);
            for (var i = 0; i < column.Length; i++)
            {
                totals[i] += column[i] * weight;
            }
        }

        Ran(ExtensionPoint.Score, null, started);
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
            var turn = state.Turn();
            var result = plugin.PostFilter(state, pod, snapshot, statuses);
            last = After(last, result);
            var madeRoom = result.NominatedNode is { Length: > 0 };
            turn.End(ExtensionPoint.PostFilter, plugin, madeRoom ? null : NoRoom);
            if (madeRoom)
            {
                Ran(ExtensionPoint.PostFilter, null, started);
                return ("", last);
            }

            if (result.Message.Length > 0)
            {
                messages.Add(result.Message);
            }
        }

        Ran(ExtensionPoint.PostFilter, NoRoom, started);
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
            if (state.SkipsFilter(plugin))
            {
                continue;
            }

            _filtered?.Add(i);
            if (state.Turn().End(ExtensionPoint.Filter, plugin, plugin.Filter(state, pod, node)) is { } status)
            {
                return status.Plugin.Length > 0 ? status : status with { Plugin = plugin.Name };
            }
        }

        return null;
    }

    /// <summary>What the plugins prepare for their scores, and which of them have nothing to say.</summary>
    private void RunPreScores(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        var started = Start();
        for (var i = 0; i < _preScores.Length; i++)
        {
            var plugin = _preScores[i];
            var status = state.Turn().End(ExtensionPoint.PreScore, plugin, plugin.PreScore(state, pod, nodes));
            if (status is { Code: PluginCode.Skip })
            {
                state.SkipScore(plugin);
                continue;
            }

            _preScored?.Add(i);
            if (status is not null)
            {
                throw new InvalidOperationException($"running PreScore plugin \"{plugin.Name}\": {status.Message}");
            }
        }

        Ran(ExtensionPoint.PreScore, null, started);
    }

    /// <summary>
    /// Asks the plugins that look at one node only about the nodes that changed; how many those are.
    /// </summary>
    private int FillIn(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, NodeAnswers answers)
    {
        var asked = 0;
        for (var i = 0; i < nodes.Count; i++)
        {
            var scores = answers.Scores(nodes[i], out var known);
            if (known)
            {
                continue;
            }

            asked++;
            var turn = state.Turn();
            for (var plugin = 0; plugin < scores.Length; plugin++)
            {
                scores[plugin] = _signed[plugin].Score(state, pod, nodes[i]);
                turn.End(ExtensionPoint.Score, _signed[plugin], null);
            }
        }

        return asked;
    }
}
