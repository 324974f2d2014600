using Netes.Api.Telemetry;

namespace Netes.Client;

/// <summary>
/// What work queues count, by the queue's name. Source: client-go util/workqueue/metrics.go;
/// component-base/metrics/prometheus/workqueue/metrics.go.
/// </summary>
public sealed class WorkQueueMetrics
{
    private static readonly double[] Bounds = Buckets.Exponential(10e-9, 10, 12);

    private readonly Lock _lock = new();
    private readonly List<WorkQueueMeter> _meters = [];
    private readonly GaugeFamily _depth;
    private readonly CounterFamily _adds;
    private readonly CounterFamily _retries;
    private readonly HistogramFamily _waited;
    private readonly HistogramFamily _worked;

    public WorkQueueMetrics(MetricRegistry registry)
    {
        _depth = registry.Gauge("workqueue_depth", "[BETA] Keys that wait in the queue.", "name");
        _adds = registry.Counter("workqueue_adds_total", "[BETA] Keys that were added to the queue.", "name");
        _retries = registry.Counter(
            "workqueue_retries_total", "[BETA] Keys that were added to come after a wait.", "name");
        _waited = registry.Histogram(
            "workqueue_queue_duration_seconds", "[BETA] Time that keys waited in the queue, in seconds.", Bounds,
            "name");
        _worked = registry.Histogram(
            "workqueue_work_duration_seconds", "[BETA] Time that work on a key took, in seconds.", Bounds, "name");
        registry.Read(
            "workqueue_unfinished_work_seconds", "[BETA] Time that all work under way has taken so far, in seconds.",
            () => Read(static work => work.All), "name");
        registry.Read(
            "workqueue_longest_running_processor_seconds",
            "[BETA] Time that the longest work under way has taken so far, in seconds.",
            () => Read(static work => work.Longest), "name");
    }

    /// <summary>The meter of one queue.</summary>
    public WorkQueueMeter Of(string name)
    {
        var labels = new LabelValues(name);
        var meter = new WorkQueueMeter(
            name, _depth.With(labels), _adds.With(labels), _retries.With(labels), _waited.With(labels),
            _worked.With(labels));
        lock (_lock)
        {
            // A queue of that name may have been before: its part was started anew.
            _meters.RemoveAll(known => known.Name == name);
            _meters.Add(meter);
        }

        return meter;
    }

    private List<(LabelValues Labels, double Value)> Read(Func<(double All, double Longest), double> choose)
    {
        lock (_lock)
        {
            return [.. _meters.Select(meter => (new LabelValues(meter.Name), choose(meter.UnderWay())))];
        }
    }
}

/// <summary>The series of one work queue.</summary>
public sealed record WorkQueueMeter(
    string Name, Gauge Depth, Counter Adds, Counter Retries, Histogram Waited, Histogram Worked)
{
    /// <summary>Seconds that all work under way has taken so far, and that the longest has.</summary>
    internal Func<(double All, double Longest)> UnderWay { get; set; } = static () => (0, 0);
}
