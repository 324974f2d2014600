namespace Netes.ControlPlane.Scheduling;

/// <summary>What plugins remember between the steps of one scheduling cycle. Used by one cycle at a time.</summary>
public sealed class CycleState
{
    private readonly Dictionary<ISchedulerPlugin, object> _values = [];
    private readonly HashSet<ISchedulerPlugin> _skippedFilters = [];

    public void Set(ISchedulerPlugin plugin, object value) => _values[plugin] = value;

    public TValue? Get<TValue>(ISchedulerPlugin plugin)
        where TValue : class => _values.GetValueOrDefault(plugin) as TValue;

    internal void SkipFilter(ISchedulerPlugin plugin) => _skippedFilters.Add(plugin);

    internal bool SkipsFilter(ISchedulerPlugin plugin) => _skippedFilters.Contains(plugin);
}
