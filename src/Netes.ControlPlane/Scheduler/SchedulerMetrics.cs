using System.Globalization;
using Netes.Api.Telemetry;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What the scheduler counts. Source: pkg/scheduler/metrics/metrics.go.</summary>
internal sealed class SchedulerMetrics
{
    public const string Scheduled = "scheduled";
    public const string Unschedulable = "unschedulable";
    public const string Error = "error";

    private static readonly double[] AttemptBounds = Buckets.Exponential(0.001, 2, 15);
    private static readonly double[] PodBounds = Buckets.Exponential(0.01, 2, 20);

    // As upstream: more than fifteen are told as one.
    private static readonly string[] AttemptLabels =
    [
        .. Enumerable.Range(0, 16).Select(static count => count.ToString(CultureInfo.InvariantCulture)), "16+",
    ];

    private readonly CounterFamily _attempts;
    private readonly HistogramFamily _attemptTime;
    private readonly Histogram _algorithmTime;
    private readonly HistogramFamily _podTime;
    private readonly Histogram _podAttempts;
    private readonly Counter _preemptions;
    private readonly Histogram _victims;
    private readonly HistogramFamily _points;
    private readonly HistogramFamily _permits;

    /// <param name="registry">Where it is shown.</param>
    /// <param name="pending">How many pods wait, by the part of the queue.</param>
    /// <param name="cached">How many things are in the cache, by what they are.</param>
    public SchedulerMetrics(
        MetricRegistry registry, Func<IEnumerable<(string Queue, int Pods)>> pending,
        Func<IEnumerable<(string Type, int Count)>> cached)
    {
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
            "scheduler_permit_wait_duration_seconds", "[ALPHA] Time that a pod waited to be permitted, in seconds.",
            Buckets.Exponential(0.001, 2, 15), "result");
        registry.Read(
            "scheduler_cache_size", "[ALPHA] Nodes, pods and assumed pods that the scheduler knows.",
            () => cached().Select(static part => (new LabelValues(part.Type), (double)part.Count)), "type");
        registry.Read(
            "scheduler_pending_pods", "[STABLE] Pods that wait, by the part of the queue.",
            () => pending().Select(static part => (new LabelValues(part.Queue), (double)part.Pods)), "queue");
    }

    /// <summary>A decision was taken.</summary>
    public void Decided(TimeSpan took) => _algorithmTime.Observe(took);

    public void Preempted(int victims)
    {
        _preemptions.Add();
        _victims.Observe(victims);
    }

    /// <summary>All plugins of an extension point were called for a pod.</summary>
    public void Ran(string point, PluginStatus? status, string profile, TimeSpan took) =>
        _points.With(new LabelValues(point, Word(status), profile)).Observe(took);

    /// <summary>A pod waited for what permits it.</summary>
    public void Waited(PluginStatus? status, TimeSpan took) =>
        _permits.With(new LabelValues(Word(status))).Observe(took);

    private static string Word(PluginStatus? status) => status?.Code switch
    {
        null => "Success",
        PluginCode.Error => "Error",
        PluginCode.Unschedulable => "Unschedulable",
        PluginCode.UnschedulableAndUnresolvable => "UnschedulableAndUnresolvable",
        PluginCode.Wait => "Wait",
        PluginCode.Skip => "Skip",
        _ => "Pending",
    };

    /// <summary>A try has ended.</summary>
    public void Tried(string profile, string result, TimeSpan took)
    {
        var labels = new LabelValues(profile, result);
        _attempts.With(labels).Add();
        _attemptTime.With(labels).Observe(took);
    }

    /// <summary>A pod is bound.</summary>
    public void Bound(int attempts, TimeSpan sinceFirstTry)
    {
        var label = AttemptLabels[Math.Min(attempts, AttemptLabels.Length - 1)];
        _podTime.With(new LabelValues(label)).Observe(sinceFirstTry);
        _podAttempts.Observe(attempts);
    }
}
