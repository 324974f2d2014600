using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>The plugins by extension point. Source: pkg/scheduler/framework/runtime/framework.go.</summary>
internal sealed partial class SchedulerFramework
{
    // With where its scores are remembered; less than nothing: nowhere.
    private readonly (IScorePlugin Plugin, int Weight, int Signed)[] _scores;
    private readonly IPreScorePlugin[] _preScores;
    private readonly IScorePlugin[] _signed;
    private readonly ISignPlugin[] _signers;

    // So many filters from the first on look at the pod and the one node only.
    private readonly int _localFilters;
    private readonly PluginContext _context;

    // How often the plugins were asked; null: nobody wants to know.
    private readonly Evaluations? _preFiltered;
    private readonly Evaluations? _filtered;
    private readonly Evaluations? _preScored;
    private readonly Evaluations? _scored;

    /// <exception cref="InvalidOperationException">The profile cannot be run, in Kubernetes' words.</exception>
    public SchedulerFramework(SchedulerProfile profile, PluginContext context)
    {
        (_context, context.Framework) = (context, this);
        var plan = new PluginPlan(profile, Scheduling.Plugins.All, context);
        PreEnqueue = plan.At<IPreEnqueuePlugin>("preEnqueue");
        var sorts = plan.At<IQueueSortPlugin>("queueSort");
        PreFilters = plan.At<IPreFilterPlugin>("preFilter");
        Extensions = [.. PreFilters.OfType<IPreFilterExtensions>()];
        Filters = plan.At<IFilterPlugin>("filter");
        PostFilters = plan.At<IPostFilterPlugin>("postFilter");
        _preScores = [.. plan.At<IPreScorePlugin>("preScore")];
        Reserves = plan.At<IReservePlugin>("reserve");
        Permits = plan.At<IPermitPlugin>("permit");
        PreBinds = plan.At<IPreBindPlugin>("preBind");
        Binds = plan.At<IBindPlugin>("bind");
        PostBinds = plan.At<IPostBindPlugin>("postBind");
        var scores = plan.At<IScorePlugin>("score").Select(plugin => (plugin, plan.WeightOf(plugin))).ToList();
        ISchedulerPlugin[] used =
        [
            .. PreEnqueue, .. sorts, .. PreFilters, .. Filters, .. PostFilters, .. scores.Select(entry => entry.plugin),
            .. Reserves, .. Permits, .. PreBinds, .. Binds, .. PostBinds,
        ];
        All = [.. plan.Plugins.Where(used.Contains)];
        QueueSort = sorts.Length == 1 ? sorts[0] : throw new InvalidOperationException(
            $"only one queue sort plugin required for profile with scheduler name \"{profile.Name}\", but got "
            + $"{sorts.Length}");
        if (Binds.Count == 0)
        {
            throw new InvalidOperationException(
                $"at least one bind plugin is needed for profile with scheduler name \"{profile.Name}\"");
        }

        _localFilters = Filters.TakeWhile(static plugin => plugin is ISignPlugin).Count();
        _signed = [.. scores.Select(entry => entry.plugin).Where(static plugin => plugin is ISignPlugin)];
        _signers = [.. Filters.Take(_localFilters).Cast<ISchedulerPlugin>().Concat(_signed).Distinct()
            .Cast<ISignPlugin>()];
        _scores = [.. scores.Select(entry => (entry.plugin, entry.Item2, Array.IndexOf(_signed, entry.plugin)))];
        _preFiltered = context.Measured?.Evaluations(ExtensionPoint.PreFilter, PreFilters);
        _filtered = context.Measured?.Evaluations(ExtensionPoint.Filter, Filters);
        _preScored = context.Measured?.Evaluations(ExtensionPoint.PreScore, _preScores);
        _scored = context.Measured?.Evaluations(
            ExtensionPoint.Score, _scores.Select(static entry => entry.Plugin));
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

    /// <summary>The plugin that holds the pod back before the active queue; null: none does.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="isSample">Whether the time of each plugin is measured.</param>
    public IPreEnqueuePlugin? GateOf(Pod pod, bool isSample)
    {
        var measured = isSample ? _context.Measured : null;
        var started = Start();
        foreach (var plugin in PreEnqueue)
        {
            var turn = new PluginTurn(measured);
            if (turn.End(ExtensionPoint.PreEnqueue, plugin, plugin.PreEnqueue(pod)) is { } status)
            {
                Ran(ExtensionPoint.PreEnqueue, status, started);
                return plugin;
            }
        }

        Ran(ExtensionPoint.PreEnqueue, null, started);
        return null;
    }

    /// <summary>Null: the pod may fit, on the named nodes only (by the narrowing plugins), or on any (null).</summary>
    public PluginStatus? RunPreFilters(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? names, out List<string> narrowing)
    {
        names = null;
        narrowing = [];
        var started = Start();
        for (var i = 0; i < PreFilters.Length; i++)
        {
            var plugin = PreFilters[i];
            var status = state.Turn().End(
                ExtensionPoint.PreFilter, plugin, plugin.PreFilter(state, pod, snapshot, out var allowed));
            if (status is { Code: PluginCode.Skip })
            {
                state.SkipFilter(plugin);
            }
            else
            {
                _preFiltered?.Add(i);
                if (status is not null)
                {
                    return Ran(
                        ExtensionPoint.PreFilter,
                        status.Plugin.Length > 0 ? status : status with { Plugin = plugin.Name }, started);
                }
            }

            if (allowed is not null)
            {
                names = names is null ? allowed : names.Intersect(allowed).ToHashSet(StringComparer.Ordinal);
                narrowing.Add(plugin.Name);
            }
        }

        return Ran(ExtensionPoint.PreFilter, null, started);
    }

    /// <summary>Tells the plugins of a pod that is thought to be on the node, too; null: they took note.</summary>
    public PluginStatus? AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node)
    {
        foreach (var plugin in Extensions)
        {
            if (!state.SkipsFilter(plugin) && state.Turn().End(
                ExtensionPoint.PreFilterExtensionAddPod, plugin, plugin.AddPod(state, pod, added, node)) is { } status)
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
            if (!state.SkipsFilter(plugin) && state.Turn().End(
                ExtensionPoint.PreFilterExtensionRemovePod, plugin,
                plugin.RemovePod(state, pod, removed, node)) is { } status)
            {
                return status;
            }
        }

        return null;
    }
}
