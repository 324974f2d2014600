namespace Netes.ControlPlane.Scheduling;

/// <summary>The plugins by extension point. Source: pkg/scheduler/framework/runtime/framework.go.</summary>
internal sealed class SchedulerFramework
{
    private readonly (IScorePlugin Plugin, int Weight)[] _scores;

    public SchedulerFramework(IEnumerable<PluginEntry> entries, PluginContext context)
    {
        context.Framework = this;
        var plugins = entries.Select(entry => (Plugin: entry.Create(context), entry.Weight)).ToArray();
        All = [.. plugins.Select(entry => entry.Plugin)];
        PreEnqueue = [.. All.OfType<IPreEnqueuePlugin>()];
        QueueSort = All.OfType<IQueueSortPlugin>().Single();
        PreFilters = [.. All.OfType<IPreFilterPlugin>()];
        Filters = [.. All.OfType<IFilterPlugin>()];
        PostFilters = [.. All.OfType<IPostFilterPlugin>()];
        Reserves = [.. All.OfType<IReservePlugin>()];
        Permits = [.. All.OfType<IPermitPlugin>()];
        PreBinds = [.. All.OfType<IPreBindPlugin>()];
        Binds = [.. All.OfType<IBindPlugin>()];
        PostBinds = [.. All.OfType<IPostBindPlugin>()];
        _scores = [.. plugins
            .Where(entry => entry.Plugin is IScorePlugin)
            .Select(entry => ((IScorePlugin)entry.Plugin, entry.Weight))];
    }

    public IReadOnlyList<ISchedulerPlugin> All { get; }

    public IReadOnlyList<IPreEnqueuePlugin> PreEnqueue { get; }

    public IQueueSortPlugin QueueSort { get; }

    public IPreFilterPlugin[] PreFilters { get; }

    public IFilterPlugin[] Filters { get; }

    public IReadOnlyList<IPostFilterPlugin> PostFilters { get; }

    public IReadOnlyList<IReservePlugin> Reserves { get; }

    public IReadOnlyList<IPermitPlugin> Permits { get; }

    public IReadOnlyList<IPreBindPlugin> PreBinds { get; }

    public IReadOnlyList<IBindPlugin> Binds { get; }

    public IReadOnlyList<IPostBindPlugin> PostBinds { get; }

    /// <summary>Null: the pod fits the node as far as the plugins can tell.</summary>
    public PluginStatus? RunFilters(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var plugin in Filters)
        {
            if (!state.SkipsFilter(plugin) && plugin.Filter(state, pod, node) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    /// <summary>The weighted sum of all scores, per node.</summary>
    public long[] RunScores(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        var totals = new long[nodes.Count];
        var scores = new long[nodes.Count];
        foreach (var (plugin, weight) in _scores)
        {
            if (plugin is IPreScorePlugin preScore
                && preScore.PreScore(state, pod, nodes) is { Code: PluginCode.Skip })
            {
                continue;
            }

            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = plugin.Score(state, pod, nodes[i]);
            }

            plugin.NormalizeScores(state, pod, scores);
            for (var i = 0; i < scores.Length; i++)
            {
                totals[i] += scores[i] * weight;
            }
        }

        return totals;
    }
}
