using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Nodes.Pods;
using Netes.Nodes.Probes;

namespace Netes.Nodes.Metrics;

/// <summary>
/// The probes of all pods; a pod's series go with it. Source: pkg/kubelet/prober/prober_manager.go, worker.go.
/// </summary>
public sealed class ProbeMetrics
{
    private static readonly string[] Kinds = ["Liveness", "Readiness", "Startup"];
    private static readonly string[] Results = ["successful", "failed", "unknown"];

    private readonly CounterFamily _runs;
    private readonly HistogramFamily _times;

    public ProbeMetrics()
    {
        _runs = Registry.Counter(
            "prober_probe_total", "[BETA] Runs of liveness, readiness and startup probes by their result.",
            "probe_type", "result", "container", "pod", "namespace", "pod_uid");
        _times = Registry.Histogram(
            "prober_probe_duration_seconds", "[ALPHA] Time until a probe was answered, in seconds.", Buckets.Default,
            "probe_type", "container", "pod", "namespace");
    }

    public MetricRegistry Registry { get; } = new();

    /// <param name="pod">Whose probe it is.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="kind">Liveness, Readiness or Startup.</param>
    /// <param name="outcome">What it found; the time of a failure is not told, as kubelets have it.</param>
    /// <param name="took">From question to answer.</param>
    public void Ran(Pod pod, string container, string kind, ProbeOutcome outcome, TimeSpan took)
    {
        var result = outcome switch
        {
            ProbeOutcome.Unknown => "unknown", ProbeOutcome.Failure => "failed", _ => "successful",
        };
        _runs.With(RunOf(pod, container, kind, result)).Add();
        if (outcome != ProbeOutcome.Failure)
        {
            _times.With(TimeOf(pod, container, kind)).Observe(took);
        }
    }

    /// <summary>The pod's probes have ended for good.</summary>
    public void Forget(Pod pod)
    {
        foreach (var container in PodContainers.InitContainersOf(pod.Spec).Concat(PodContainers.RegularOf(pod.Spec)))
        {
            foreach (var kind in Kinds)
            {
                _times.Remove(TimeOf(pod, container.Name, kind));
                foreach (var result in Results)
                {
                    _runs.Remove(RunOf(pod, container.Name, kind, result));
                }
            }
        }
    }

    private static LabelValues RunOf(Pod pod, string container, string kind, string result) =>
        new(kind, result, container, pod.Metadata.Name, pod.Metadata.Namespace, pod.Metadata.Uid);

    private static LabelValues TimeOf(Pod pod, string container, string kind) =>
        new(kind, container, NameOf(pod), pod.Metadata.Namespace);

    /// <summary>The pods of one owner share a series. Source: worker.go, getPodLabelName.</summary>
    private static string NameOf(Pod pod)
    {
        var name = pod.Metadata.Name;
        if (pod.Metadata.GenerateName.Length == 0 || name.LastIndexOf('-') is not (> 0 and var end))
        {
            return name;
        }

        var owner = name[..end];
        return pod.Metadata.Labels.TryGetValue("pod-template-hash", out var hash)
            ? owner.Replace("-" + hash, "", StringComparison.Ordinal) : owner;
    }
}
