using System.Collections.Concurrent;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What is measured of one profile's plugins: each extension point as a whole, and, in one of ten cycles, each plugin.
/// Source: pkg/scheduler/framework/runtime/framework.go; pkg/scheduler/scheduler.go, pluginMetricsSamplePercent.
/// </summary>
/// <param name="metrics">Where it is shown.</param>
/// <param name="profile">Whose plugins.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Chooses the cycles; for the scheduling loop only.</param>
internal sealed class ProfileMetrics(SchedulerMetrics metrics, string profile, TimeProvider time, Random random)
{
    private readonly AttemptSeries _attempts = metrics.Attempts(profile);
    private readonly PointSeries _points = metrics.Points(profile);
    private readonly ConcurrentDictionary<ISchedulerPlugin, PointSeries> _plugins = [];

    /// <summary>For the cycle that begins: itself, when single plugins are measured in it; else null.</summary>
    public ProfileMetrics? Sample() => SchedulerMetrics.IsSample(random) ? this : null;

    public long Now() => time.GetTimestamp();

    /// <summary>A try to schedule a pod has ended.</summary>
    public void Tried(AttemptResult result, long began) => _attempts.Observe(result, time.GetElapsedTime(began));

    /// <summary>All plugins of an extension point were called for a pod.</summary>
    public void Ran(ExtensionPoint point, PluginStatus? status, long began) =>
        _points.Observe(point, status, time.GetElapsedTime(began));

    /// <summary>One plugin was called. Answers when that ended, which is when the next turn began.</summary>
    public long Called(ISchedulerPlugin plugin, ExtensionPoint point, PluginStatus? status, long began)
    {
        var ended = time.GetTimestamp();
        _plugins.GetOrAdd(plugin, static (one, metrics) => metrics.Plugin(one.Name), metrics)
            .Observe(point, status, time.GetElapsedTime(began, ended));
        return ended;
    }

    /// <summary>A pod waited for what permits it.</summary>
    public void Waited(PluginStatus? status, long began) => metrics.Waited(status, time.GetElapsedTime(began));

    /// <summary>A claim for extended resources was made, or refused.</summary>
    public void Claimed(bool succeeded) => metrics.Claimed(succeeded);

    /// <summary>Counts how often the plugins of a point are asked; for the scheduling loop only.</summary>
    public Evaluations Evaluations(ExtensionPoint point, IEnumerable<ISchedulerPlugin> plugins) =>
        metrics.Add(new Evaluations(point, profile, plugins));
}

/// <summary>The turns of plugins in a cycle; measured where the cycle is a sample, else they cost nothing.</summary>
internal struct PluginTurn(ProfileMetrics? metrics)
{
    private long _began = metrics?.Now() ?? 0;

    /// <summary>Passes the status on. The next turn begins.</summary>
    public PluginStatus? End(ExtensionPoint point, ISchedulerPlugin plugin, PluginStatus? status)
    {
        _began = metrics?.Called(plugin, point, status, _began) ?? 0;
        return status;
    }
}
