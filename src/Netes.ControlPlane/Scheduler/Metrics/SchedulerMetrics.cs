using System.Collections.Concurrent;
using System.Globalization;
using Netes.Api.Telemetry;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What the scheduler counts. Source: pkg/scheduler/metrics/metrics.go.</summary>
internal sealed class SchedulerMetrics
{
    // Single plugins are measured in so many of a hundred cycles: upstream's pluginMetricsSamplePercent.
    private const int SamplePercent = 10;

    private static readonly double[] AttemptBounds = Buckets.Exponential(0.001, 2, 15);
    private static readonly double[] PodBounds = Buckets.Exponential(0.01, 2, 20);

    // As upstream: more than fifteen are told as one.
    private static readonly string[] AttemptLabels =
    [
        .. Enumerable.Range(0, 16).Select(static count => count.ToString(CultureInfo.InvariantCulture)), "16+",
    ];

    private readonly ConcurrentBag<Evaluations> _evaluations = [];
    private readonly Histogram?[] _podTimes = new Histogram?[AttemptLabels.Length];
    private readonly Histogram?[] _handled = new Histogram?[QueueEvents.Labels.Length];
    private readonly CounterFamily _attempts;
    private readonly HistogramFamily _attemptTime;
    private readonly Histogram _algorithmTime;
    private readonly HistogramFamily _podTime;
    private readonly Histogram _podAttempts;
    private readonly Counter _preemptions;
    private readonly Histogram _victims;
    private readonly HistogramFamily _points;
    private readonly HistogramFamily _plugins;
    private readonly HistogramFamily _permits;
    private readonly HistogramFamily _events;
    private readonly HistogramFamily _preemptionTime;
    private readonly CounterFamily _preemptionRuns;
    private readonly Counter _flushed;
    private readonly CounterFamily _claims;

    /// <param name="registry">Where it is shown.</param>
    /// <param name="queue">The pods that wait; there once somebody reads.</param>
    /// <param name="cache">What runs where.</param>
    /// <param name="random">Chooses what is measured of what is measured in part.</param>
    public SchedulerMetrics(
        MetricRegistry registry, Func<SchedulingQueue> queue, SchedulerCache cache, Random random)
    {
        Queue = new QueueMetrics(registry, random);
        _attempts = registry.Counter(
            "scheduler_schedule_attempts_total",
            "[STABLE] Tries to schedule pods, by what came of them: error says that something broke.",
            "profile", "result");
        _attemptTime = registry.Histogram(
            "scheduler_scheduling_attempt_duration_seconds",
            "[STABLE] Time of a try in seconds: the decision and the binding.", AttemptBounds, "profile", "result");
        _algorithmTime = registry.Histogram(
            "scheduler_scheduling_algorithm_duration_seconds", "[ALPHA] Time of a decision, in seconds.",
            AttemptBounds).With(default);
        _podTime = registry.Histogram(
            "scheduler_pod_scheduling_sli_duration_seconds",
            "[BETA] Time from a pod's first try until it was bound, in seconds.", PodBounds, "attempts");
        _podAttempts = registry.Histogram(
            "scheduler_pod_scheduling_attempts", "[STABLE] Tries that a pod needed.",
            Buckets.Exponential(1, 2, 5)).With(default);
        _preemptions = registry.Counter(
            "scheduler_preemption_attempts_total", "[STABLE] Times that room was made by preemption.").With(default);
        _victims = registry.Histogram(
            "scheduler_preemption_victims", "[STABLE] Pods that one preemption chose to go.",
            Buckets.Exponential(1, 2, 7)).With(default);
        _points = registry.Histogram(
            "scheduler_framework_extension_point_duration_seconds",
            "[STABLE] Time of all plugins of an extension point, in seconds.", Buckets.Exponential(0.0001, 2, 12),
            "extension_point", "status", "profile");
        _permits = registry.Histogram(
            "scheduler_permit_wait_duration_seconds", "[BETA] Time that a pod waited to be permitted, in seconds.",
            Buckets.Exponential(0.001, 2, 15), "result");
        _plugins = registry.Histogram(
            "scheduler_plugin_execution_duration_seconds",
            "[ALPHA] Time of one plugin at an extension point, in seconds: of one cycle of ten.", PluginBounds,
            "plugin", "extension_point", "status");
        _events = registry.Histogram(
            "scheduler_event_handling_duration_seconds",
            "[ALPHA] Time that the scheduler took to take note of a change, in seconds.",
            Buckets.Exponential(0.0001, 2, 12), "event");
        _preemptionTime = registry.Histogram(
            "scheduler_preemption_goroutines_duration_seconds",
            "[ALPHA] Time that a preemption took beside the scheduling loop, in seconds.", PodBounds, "result");
        _preemptionRuns = registry.Counter(
            "scheduler_preemption_goroutines_execution_total",
            "[ALPHA] Preemptions that ran beside the scheduling loop.", "result");
        _flushed = registry.Counter(
            "scheduler_pod_scheduled_after_flush_total",
            "[ALPHA] Pods that were scheduled once they had been unschedulable for too long: nothing else woke them.")
            .With(default);
        _claims = registry.Counter(
            "scheduler_resourceclaim_creates_total",
            "[ALPHA] Claims that were made for extended resources, by what came of it.", "status");
        Bindings = registry.Gauge(
            "scheduler_goroutines", "[BETA] What runs beside the scheduling loop, by what it does.", "operation")
            .With(new LabelValues("binding"));
        AddReads(registry, queue, cache);
    }

    /// <summary>Bounds of what takes about as long as one call of a plugin.</summary>
    public static double[] PluginBounds { get; } = Buckets.Exponential(0.00001, 1.5, 20);

    public QueueMetrics Queue { get; }

    /// <summary>How many bindings are under way.</summary>
    public Gauge Bindings { get; }

    /// <summary>Whether single plugins are measured this time.</summary>
    public static bool IsSample(Random random) => random.Next(100) < SamplePercent;

    /// <summary>A decision was taken.</summary>
    public void Decided(TimeSpan took) => _algorithmTime.Observe(took);

    /// <summary>A claim for extended resources was made, or refused.</summary>
    public void Claimed(bool succeeded) => _claims.With(new LabelValues(succeeded ? "success" : "failure")).Add();

    public void Preempted(int victims)
    {
        _preemptions.Add();
        _victims.Observe(victims);
    }

    /// <summary>The histograms of a profile's extension points.</summary>
    public PointSeries Points(string profile) =>
        new((point, outcome) => _points.With(new LabelValues(point, outcome, profile)));

    /// <summary>The histograms of one plugin.</summary>
    public PointSeries Plugin(string name) =>
        new((point, outcome) => _plugins.With(new LabelValues(name, point, outcome)));

    public Evaluations Add(Evaluations evaluations)
    {
        _evaluations.Add(evaluations);
        return evaluations;
    }

    /// <summary>A pod waited for what permits it.</summary>
    public void Waited(PluginStatus? status, TimeSpan took) =>
        _permits.With(new LabelValues(PointSeries.Outcome(status))).Observe(took);

    /// <summary>The scheduler took note of a change.</summary>
    public void Handled(QueueEvent what, TimeSpan took)
    {
        var series = _handled[(int)what] ??= _events.With(new LabelValues(QueueEvents.Labels[(int)what]));
        series.Observe(took);
    }

    /// <summary>The pods that a preemption chose are asked to go, or an error came between.</summary>
    public void MadeRoom(bool failed, TimeSpan took)
    {
        var result = new LabelValues(failed ? "error" : "success");
        _preemptionTime.With(result).Observe(took);
        _preemptionRuns.With(result).Add();
    }

    /// <summary>The counts and times of a profile's tries.</summary>
    public AttemptSeries Attempts(string profile) => new(result =>
    {
        var labels = new LabelValues(profile, result);
        return (_attempts.With(labels), _attemptTime.With(labels));
    });

    /// <summary>A pod is bound.</summary>
    public void Bound(QueuedPod pod, TimeSpan sinceFirstTry)
    {
        var attempts = Math.Min(pod.Attempts, AttemptLabels.Length - 1);
        var series = _podTimes[attempts] ??= _podTime.With(new LabelValues(AttemptLabels[attempts]));
        series.Observe(sinceFirstTry);
        _podAttempts.Observe(pod.Attempts);
        if (pod.IsFlushed)
        {
            _flushed.Add();
        }
    }

    private void AddReads(MetricRegistry registry, Func<SchedulingQueue> queue, SchedulerCache cache)
    {
        registry.Read(
            "scheduler_cache_size", "[ALPHA] Nodes, pods and assumed pods that the scheduler knows.",
            () => cache.Sizes().Select(static part => (new LabelValues(part.Type), (double)part.Count)), "type");
        registry.Read(
            "scheduler_pending_pods", "[STABLE] Pods that wait, by the part of the queue.",
            () => queue().Pending().Select(static part => (new LabelValues(part.Queue), (double)part.Pods)), "queue");
        registry.Read(
            "scheduler_unschedulable_pods", "[BETA] Pods that wait, by each plugin that turned them down.",
            () => queue().Rejected().Select(static part =>
                (new LabelValues(part.Plugin, part.Profile), (double)part.Pods)), "plugin", "profile");
        registry.Read(
            "scheduler_inflight_events",
            "[ALPHA] Changes that are remembered for the pods that are being scheduled, and those pods (PodPopped).",
            () => queue().InFlight().Select(static part => (new LabelValues(part.Event), (double)part.Count)), "event");
        registry.ReadCounter(
            "scheduler_plugin_evaluation_total",
            "[BETA] Times that a plugin was asked (PreFilter, Filter, PreScore and Score) and had something to say.",
            () => _evaluations.SelectMany(static point => point.Read().Select(one =>
                (new LabelValues(one.Plugin, point.Point, point.Profile), (double)one.Count))),
            "plugin", "extension_point", "profile");
    }
}
