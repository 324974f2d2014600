using Netes.Api.Telemetry;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Metrics;

/// <summary>
/// How many pods and containers there are, counted when somebody asks.
/// Source: pkg/kubelet/kubelet_pods.go (HandlePodCleanups), pkg/kubelet/pleg/generic.go
/// (updateRunningPodAndContainerMetrics).
/// </summary>
internal static class PodGauges
{
    public static void Add(MetricRegistry registry, PodWorkers workers)
    {
        registry.Read(
            "kubelet_running_pods", "[ALPHA] Pods whose sandbox runs.",
            () => [(default, workers.Running.Count(static worker => worker.State.Sandbox is { Ready: true }))]);
        registry.Read(
            "kubelet_running_containers", "[ALPHA] Containers of the runtime by their state.",
            () => workers.Running.SelectMany(static worker => worker.State.Containers)
                .GroupBy(static container => container.State)
                .Select(static state => (new LabelValues(NameOf(state.Key)), (double)state.Count())),
            "container_state");
        registry.Read(
            "kubelet_desired_pods", "[ALPHA] Pods that the node is to run; static is true if not from the API.",
            () => ByOrigin(workers.Running.Count()), "static");
        registry.Read(
            "kubelet_active_pods", "[ALPHA] Pods that hold what they ask for; static is true if not from the API.",
            () => ByOrigin(workers.Running.Count(static worker => !worker.HasEnded)), "static");
    }

    // Every pod is the API's: there are no static ones.
    private static IEnumerable<(LabelValues Labels, double Value)> ByOrigin(int count) =>
        [(new LabelValues(""), count), (new LabelValues("true"), 0)];

    private static string NameOf(RuntimeContainerState state) => state switch
    {
        RuntimeContainerState.Created => "created",
        RuntimeContainerState.Running => "running",
        RuntimeContainerState.Exited => "exited",
        _ => "unknown",
    };
}
