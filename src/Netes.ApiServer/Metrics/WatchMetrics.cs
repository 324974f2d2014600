using Netes.Api;
using Netes.Api.Telemetry;

namespace Netes.ApiServer.Metrics;

/// <summary>Events sent to watches. Source: apiserver pkg/endpoints/metrics/metrics.go, WatchEvents.</summary>
internal sealed class WatchMetrics(MetricRegistry registry)
{
    private readonly CounterFamily _events = registry.Counter(
        "apiserver_watch_events_total", "[ALPHA] Events sent to watches.", "group", "version", "resource");

    private readonly HistogramFamily _sizes = registry.Histogram(
        "apiserver_watch_events_sizes", "[ALPHA] Bytes of events sent to watches.", Buckets.Exponential(1024, 2, 8),
        "group", "version", "resource");

    /// <summary>The series of one watch, found once.</summary>
    public WatchMeter Of(ResourceDefinition definition)
    {
        var labels = new LabelValues(definition.Group, definition.Version, definition.Plural);
        return new(_events.With(labels), _sizes.With(labels));
    }
}

/// <summary>The series that one watch adds to.</summary>
internal readonly record struct WatchMeter(Counter Events, Histogram Sizes)
{
    public void Sent(long bytes)
    {
        Events.Add();
        Sizes.Observe(bytes);
    }
}
