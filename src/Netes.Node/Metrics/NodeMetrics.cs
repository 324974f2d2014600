using Netes.Api.Telemetry;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Metrics;

/// <summary>
/// What the agent counts, under a kubelet's names. Threading: every member may be used from any thread.
/// Source: pkg/kubelet/metrics/metrics.go.
/// </summary>
public sealed class NodeMetrics
{
    private const long Mega = 1024 * 1024;
    private const long Giga = 1024 * Mega;

    private static readonly double[] PullBounds =
        [1, 5, 10, 20, 30, 60, 120, 180, 240, 300, 360, 480, 600, 900, 1200, 1800, 2700, 3600];

    private static readonly double[] StatusBounds = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 20, 30, 45, 60];

    private readonly TimeProvider _time;
    private readonly HistogramFamily _turns;
    private readonly HistogramFamily _pulls;
    private readonly CounterFamily _containers;
    private readonly CounterFamily _failedContainers;

    public NodeMetrics(MetricRegistry registry, string nodeName, TimeProvider time)
    {
        (Registry, _time) = (registry, time);
        Startups = new(registry, time);
        Runtime = new(registry, time);
        PodStart = registry.Histogram(
            "kubelet_pod_start_duration_seconds",
            "[ALPHA] Time from the agent's first sight of a pod until it runs, in seconds.", PodStartups.Bounds)
            .With(default);
        WorkerStart = registry.Histogram(
            "kubelet_pod_worker_start_duration_seconds",
            "[ALPHA] Time from the agent's first sight of a pod until work on it begins, in seconds.",
            Buckets.Default).With(default);
        StatusWritten = registry.Histogram(
            "kubelet_pod_status_sync_duration_seconds",
            "[ALPHA] Time from a change of a pod's status until the API has it, in seconds.", StatusBounds)
            .With(default);
        _turns = registry.Histogram(
            "kubelet_pod_worker_duration_seconds",
            "[ALPHA] Time to bring a pod to where it should be, in seconds, by operation: create, update, sync, kill.",
            Buckets.Default, "operation_type");
        _pulls = registry.Histogram(
            "kubelet_image_pull_duration_seconds",
            "[ALPHA] Time to pull an image, in seconds, by the image's size.", PullBounds, "image_size_in_bytes");
        StartedPods = registry.Counter("kubelet_started_pods_total", "[ALPHA] Sandboxes of pods begun.").With(default);
        FailedPods = registry.Counter(
            "kubelet_started_pods_errors_total", "[ALPHA] Sandboxes of pods that could not be made.").With(default);
        _containers = registry.Counter(
            "kubelet_started_containers_total", "[ALPHA] Containers begun.", "container_type");
        _failedContainers = registry.Counter(
            "kubelet_started_containers_errors_total", "[ALPHA] Containers that did not start, by reason.",
            "container_type", "code");
        Orphans = registry.Counter(
            "kubelet_orphaned_runtime_pods_total",
            "[ALPHA] Pods that the runtime had and the API had not.").With(default);
        registry.Gauge("kubelet_node_name", "[ALPHA] The node's name; the value is always 1.", "node")
            .With(new(nodeName)).Set(1);
    }

    /// <summary>Shown under <c>/metrics</c>.</summary>
    public MetricRegistry Registry { get; }

    /// <summary>Shown under <c>/metrics/probes</c>.</summary>
    public ProbeMetrics Probes { get; } = new();

    public PodStartups Startups { get; }

    public RuntimeMetrics Runtime { get; }

    public Histogram PodStart { get; }

    public Histogram WorkerStart { get; }

    public Histogram StatusWritten { get; }

    public Counter StartedPods { get; }

    public Counter FailedPods { get; }

    public Counter Orphans { get; }

    /// <param name="operation">create, update, sync or kill.</param>
    /// <param name="began">The clock's timestamp of the beginning.</param>
    public void Turned(string operation, long began) =>
        _turns.With(new(operation)).Observe(_time.GetElapsedTime(began));

    public void ContainerStarting(ContainerKind kind) => _containers.With(new(TypeOf(kind))).Add();

    /// <param name="kind">Its place in the pod.</param>
    /// <param name="reason">The waiting state's: ErrImagePull, CreateContainerError, ...</param>
    public void ContainerFailed(ContainerKind kind, string reason) =>
        _failedContainers.With(new(TypeOf(kind), reason)).Add();

    public void ImagePulled(ulong sizeBytes, TimeSpan took) => _pulls.With(new(SizeOf(sizeBytes))).Observe(took);

    private static string TypeOf(ContainerKind kind) => kind switch
    {
        ContainerKind.Init or ContainerKind.Sidecar => "init_container",
        ContainerKind.Ephemeral => "ephemeral_container",
        _ => "container",
    };

    // Source: metrics.go, GetImageSizeBucket.
    private static string SizeOf(ulong sizeBytes) => sizeBytes switch
    {
        0 => "N/A",
        < 10 * Mega => "0-10MB",
        < 100 * Mega => "10MB-100MB",
        < 500 * Mega => "100MB-500MB",
        < Giga => "500MB-1GB",
        < 5 * Giga => "1GB-5GB",
        < 10 * Giga => "5GB-10GB",
        < 20 * Giga => "10GB-20GB",
        < 30 * Giga => "20GB-30GB",
        < 40 * Giga => "30GB-40GB",
        < 60 * Giga => "40GB-60GB",
        < 100 * Giga => "60GB-100GB",
        _ => "GT100GB",
    };
}
