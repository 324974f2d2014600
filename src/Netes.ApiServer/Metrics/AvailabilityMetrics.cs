using Netes.Api.Telemetry;

namespace Netes.ApiServer.Metrics;

/// <summary>Which APIServices cannot be used. Source: kube-aggregator
/// pkg/controllers/status/metrics/metrics.go.</summary>
internal sealed class AvailabilityMetrics(MetricRegistry registry)
{
    private readonly GaugeFamily _unavailable = registry.Gauge(
        "aggregator_unavailable_apiservice",
        "[ALPHA] Gauge of APIServices which are marked as unavailable broken down by APIService name.", "name");

    private readonly CounterFamily _became = registry.Counter(
        "aggregator_unavailable_apiservice_total",
        "[ALPHA] Counter of APIServices which are marked as unavailable broken down by APIService name and reason.",
        "name", "reason");

    public void Set(string name, bool isAvailable) => _unavailable.With(new(name)).Set(isAvailable ? 0 : 1);

    public void Became(string name, string reason) => _became.With(new(name, reason)).Add();
}
