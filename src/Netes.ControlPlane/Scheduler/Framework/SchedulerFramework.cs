namespace Netes.ControlPlane.Scheduling;

/// <summary>The plugins by extension point. Source: pkg/scheduler/framework/runtime/framework.go.</summary>
internal sealed class SchedulerFramework
{
    private readonly (IScorePlugin Plugin, int Weight)[] _scores;
    private readonly PluginContext _context;

    public SchedulerFramework(IEnumerable<PluginEntry> entries, PluginContext context)
    {
        (_context, context.Framework) = (context, this);
        var plugins = entries.Select(entry => (Plugin: entry.Create(context), entry.Weight)).ToArray();
        All = [.. plugins.Select(entry => entry.Plugin)];
        PreEnqueue = [.. All.OfType<IPreEnqueuePlugin>()];
        QueueSort = All.OfType<IQueueSortPlugin>().Single();
        PreFilters = [.. All.OfType<IPreFilterPlugin>()];
        Extensions = [.. All.OfType<IPreFilterExtensions>()];
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

    /// <summary>All that may help pods which one of the plugins turned down.</summary>
    public ClusterEvents WakingEvents => All
        .Where(plugin =>
            plugin is IPreEnqueuePlugin or IPreFilterPlugin or IFilterPlugin or IReservePlugin or IPermitPlugin)
        .Aggregate(ClusterEvents.None, (events, plugin) => events | plugin.WakingEvents);

    public IReadOnlyList<IPreEnqueuePlugin> PreEnqueue { get; }

    public IQueueSortPlugin QueueSort { get; }

    public IPreFilterPlugin[] PreFilters { get; }

    public IPreFilterExtensions[] Extensions { get; }

    public IFilterPlugin[] Filters { get; }

    public IReadOnlyList<IPostFilterPlugin> PostFilters { get; }

    public IReadOnlyList<IReservePlugin> Reserves { get; }

    public IReadOnlyList<IPermitPlugin> Permits { get; }

    public IReadOnlyList<IPreBindPlugin> PreBinds { get; }

    public IReadOnlyList<IBindPlugin> Binds { get; }

    public IReadOnlyList<IPostBindPlugin> PostBinds { get; }

    /// <summary>The plugin that gave the status.</summary>
    public IReadOnlyCollection<ISchedulerPlugin> Named(PluginStatus status) =>
        [.. All.Where(plugin => plugin.Name == status.Plugin)];

    /// <summary>Null: the pod may fit, on the named nodes only (by the narrowing plugins), or on any (null).</summary>
    public PluginStatus? RunPreFilters(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? names, out List<string> narrowing)
    {
        names = null;
        narrowing = [];
        foreach (var plugin in PreFilters)
        {
            var status = plugin.PreFilter(state, pod, snapshot, out var allowed);
            if (status is { Code: PluginCode.Skip })
            {
                state.SkipFilter(plugin);
            }
            else if (status is not null)
            {
                return status.Plugin.Length > 0 ? status : status with { Plugin = plugin.Name };
            }

            if (allowed is not null)
            {
                names = names is null ? allowed : names.Intersect(allowed).ToHashSet(StringComparer.Ordinal);
                narrowing.Add(plugin.Name);
            }
        }

        return null;
    }

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

    /// <summary>Tells the plugins of a pod that is thought to be on the node, too; null: they took note.</summary>
    public PluginStatus? AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node)
    {
        foreach (var plugin in Extensions)
        {
            if (!state.SkipsFilter(plugin) && plugin.AddPod(state, pod, added, node) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    /// <summary>Tells the plugins of a pod that is thought away; null: they took note.</summary>
    public PluginStatus? RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node)
    {
        foreach (var plugin in Extensions)
        {
            if (!state.SkipsFilter(plugin) && plugin.RemovePod(state, pod, removed, node) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    /// <summary>Null: all plugins booked what the pod needs. Else <see cref="Unreserve"/> is due.</summary>
    public PluginStatus? Reserve(CycleState state, PodInfo pod, string node)
    {
        foreach (var plugin in Reserves)
        {
            if (plugin.Reserve(state, pod, node) is { } status)
            {
                return Named(status, plugin, "Reserve");
            }
        }

        return null;
    }

    /// <summary>In the reverse order; also for plugins that have booked nothing.</summary>
    public void Unreserve(CycleState state, PodInfo pod, string node)
    {
        for (var i = Reserves.Count - 1; i >= 0; i--)
        {
            Reserves[i].Unreserve(state, pod, node);
        }
    }

    /// <summary>Whether the pod may be bound; it may have to wait for that (out).</summary>
    public PluginStatus? Permit(CycleState state, PodInfo pod, string node, out WaitingPod? waiting)
    {
        waiting = null;
        Dictionary<string, TimeSpan>? timeouts = null;
        foreach (var plugin in Permits)
        {
            var (status, timeout) = plugin.Permit(state, pod, node);
            if (status is { Code: PluginCode.Wait })
            {
                timeouts ??= new(StringComparer.Ordinal);
                timeouts[plugin.Name] = timeout;
            }
            else if (status is not null)
            {
                return Named(status, plugin, "Permit");
            }
        }

        if (timeouts is not null)
        {
            waiting = new WaitingPod(pod, timeouts, _context.Time);
            _context.WaitingPods.Add(waiting);
        }

        return null;
    }

    /// <summary>Null: all that holds the pod back has let it go.</summary>
    public async Task<PluginStatus?> WaitOnPermitAsync(WaitingPod waiting, CancellationToken cancel)
    {
        try
        {
            return await waiting.End.WaitAsync(cancel);
        }
        finally
        {
            _context.WaitingPods.Remove(waiting);
            waiting.Dispose();
        }
    }

    /// <summary>Null: all is there that the binding needs.</summary>
    public async Task<PluginStatus?> PreBindAsync(
        CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        foreach (var plugin in PreBinds)
        {
            var status = plugin.PreBindPreFlight(state, pod, node);
            if (status is null)
            {
                status = await plugin.PreBindAsync(state, pod, node, cancel);
            }

            if (status is not null and not { Code: PluginCode.Skip })
            {
                return Named(status, plugin, "PreBind");
            }
        }

        return null;
    }

    /// <summary>Null: one of the plugins bound the pod.</summary>
    public async Task<PluginStatus?> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        foreach (var plugin in Binds)
        {
            var status = await plugin.BindAsync(state, pod, node, cancel);
            if (status is not { Code: PluginCode.Skip })
            {
                return status is null ? null : Named(status, plugin, "Bind");
            }
        }

        return PluginStatus.Failed("plugin status: Skip");
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

    /// <summary>A refusal is told as it is, an error with where it was.</summary>
    private static PluginStatus Named(PluginStatus status, ISchedulerPlugin plugin, string point) => status.IsRejected
        ? status with { Plugin = plugin.Name }
        : PluginStatus.Failed($"running {point} plugin \"{plugin.Name}\": {status.Message}") with
        {
            Plugin = plugin.Name,
        };
}
