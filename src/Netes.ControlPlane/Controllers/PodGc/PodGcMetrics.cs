using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>Why a pod is collected, as it is counted. Source: pkg/controller/podgc/metrics/metrics.go.</summary>
internal static class PodGcReason
{
    public const string Terminated = "terminated";
    public const string OutOfService = "out-of-service";
    public const string Orphaned = "orphaned";
    public const string Unscheduled = "unscheduled";
}

/// <summary>Counts the pods that are collected. Source: pkg/controller/podgc/metrics/metrics.go.</summary>
internal sealed class PodGcMetrics(MetricRegistry? registry)
{
    private readonly CounterFamily? _pods = registry?.Counter(
        "pod_gc_collector_force_delete_pods_total",
        "[ALPHA] Pods that were to be deleted by force since the collector started.", "namespace", "reason");

    private readonly CounterFamily? _errors = registry?.Counter(
        "pod_gc_collector_force_delete_pod_errors_total",
        "[ALPHA] Deletions of pods by force that failed since the collector started.", "namespace", "reason");

    public void Tried(string ns, string reason) => _pods?.With(new LabelValues(ns, reason)).Add();

    public void Failed(string ns, string reason) => _errors?.With(new LabelValues(ns, reason)).Add();
}
