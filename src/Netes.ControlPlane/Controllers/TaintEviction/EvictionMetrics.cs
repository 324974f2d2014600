using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>
/// What is counted of pods that go for taints.
/// Source: pkg/controller/{tainteviction,devicetainteviction}/metrics/metrics.go.
/// </summary>
/// <param name="registry">Null: nothing is counted.</param>
/// <param name="subsystem">Whose evictions.</param>
internal sealed class EvictionMetrics(MetricRegistry? registry, string subsystem)
{
    private readonly Counter? _deletions = registry?.Counter(
        $"{subsystem}_pod_deletions_total", "[ALPHA] Pods that were deleted for taints.").With(default);

    private readonly Histogram? _latency = registry?.Histogram(
        $"{subsystem}_pod_deletion_duration_seconds",
        "[ALPHA] Seconds between the time when a pod had to go for a taint and its deletion.",
        [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 30, 60, 120, 180, 240]).With(default);

    /// <param name="late">How long after its time the pod was deleted.</param>
    public void Deleted(TimeSpan late)
    {
        _deletions?.Add();
        _latency?.Observe(late);
    }
}
