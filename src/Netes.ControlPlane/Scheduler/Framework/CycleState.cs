namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What plugins remember between the steps of one scheduling cycle. Used by one cycle at a time.
/// Source: pkg/scheduler/framework/cycle_state.go.
/// </summary>
public sealed class CycleState
{
    private readonly Dictionary<ISchedulerPlugin, object> _values = [];
    private readonly HashSet<ISchedulerPlugin> _skippedFilters = [];
    private readonly HashSet<ISchedulerPlugin> _skippedScores = [];

    /// <summary>Where each plugin's turn is measured; null: in this cycle nowhere.</summary>
    internal ProfileMetrics? Measured { get; init; }

    /// <summary>Which classes of devices stand for resources in this cycle; null: nobody has asked yet.</summary>
    internal ExtendedClasses? ExtendedResources { get; set; }

    public void Set(ISchedulerPlugin plugin, object value) => _values[plugin] = value;

    public TValue? Get<TValue>(ISchedulerPlugin plugin)
        where TValue : class => _values.GetValueOrDefault(plugin) as TValue;

    /// <summary>A state of its own for a what-if: <see cref="ICycleData"/> is cloned, all else is shared.</summary>
    public CycleState Clone()
    {
        var clone = new CycleState { Measured = Measured, ExtendedResources = ExtendedResources };
        foreach (var (plugin, value) in _values)
        {
            clone._values[plugin] = value is ICycleData data ? data.Clone() : value;
        }

        clone._skippedFilters.UnionWith(_skippedFilters);
        return clone;
    }

    /// <summary>A plugin's turn begins.</summary>
    internal PluginTurn Turn() => new(Measured);

    internal void SkipFilter(ISchedulerPlugin plugin) => _skippedFilters.Add(plugin);

    internal bool SkipsFilter(ISchedulerPlugin plugin) => _skippedFilters.Contains(plugin);

    internal void SkipScore(ISchedulerPlugin plugin) => _skippedScores.Add(plugin);

    internal bool SkipsScore(ISchedulerPlugin plugin) => _skippedScores.Contains(plugin);
}

/// <summary>A plugin's state that a what-if changes, so that each has its own.</summary>
public interface ICycleData
{
    ICycleData Clone();
}
