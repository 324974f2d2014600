using Netes.Api.Telemetry;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What is counted of the queue. The queue's lock guards the counting; any thread may read.
/// Source: pkg/scheduler/metrics/metrics.go.
/// </summary>
internal sealed class QueueMetrics
{
    private static readonly string[] Parts = ["active", "backoff", "unschedulable"];

    private readonly long[] _incoming = new long[Parts.Length * QueueEvents.Labels.Length];
    private readonly HistogramFamily _hints;
    private readonly Random _random;

    public QueueMetrics(MetricRegistry registry, Random random)
    {
        _random = random;
        registry.ReadCounter(
            "scheduler_queue_incoming_pods_total", "[STABLE] Pods that came into a part of the queue, by why.",
            Incoming, "queue", "event");
        _hints = registry.Histogram(
            "scheduler_queueing_hint_execution_duration_seconds",
            "[ALPHA] Time that a plugin took to say whether a change may help a pod, in seconds.",
            SchedulerMetrics.PluginBounds, "plugin", "event", "hint");
    }

    /// <summary>Whether the hint that is asked for now is measured: as for plugins, one of ten is.</summary>
    public bool IsSample() => SchedulerMetrics.IsSample(_random);

    /// <summary>A pod goes from one place to another; not counted where both are in one part of the queue.</summary>
    public void Entered(QueuePlace from, QueuePlace to, QueueEvent why)
    {
        var part = PartOf(to);
        if (part != PartOf(from))
        {
            _incoming[(part * QueueEvents.Labels.Length) + (int)why]++;
        }
    }

    public void Hinted(ISchedulerPlugin plugin, QueueEvent what, bool helps, TimeSpan took) =>
        _hints.With(new LabelValues(plugin.Name, QueueEvents.Labels[(int)what], helps ? "Queue" : "QueueSkip"))
            .Observe(took);

    private static int PartOf(QueuePlace place) => place switch
    {
        QueuePlace.Active => 0,
        QueuePlace.Backoff or QueuePlace.ErrorBackoff => 1,
        QueuePlace.Unschedulable or QueuePlace.Gated => 2,
        _ => -1,
    };

    private IEnumerable<(LabelValues Labels, double Value)> Incoming()
    {
        for (var i = 0; i < _incoming.Length; i++)
        {
            if (Volatile.Read(ref _incoming[i]) is > 0 and var count)
            {
                var (part, what) = Math.DivRem(i, QueueEvents.Labels.Length);
                yield return (new LabelValues(Parts[part], QueueEvents.Labels[what]), count);
            }
        }
    }
}
