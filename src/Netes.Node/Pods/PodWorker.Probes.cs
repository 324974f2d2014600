using Netes.Nodes.Probes;

namespace Netes.Nodes.Pods;

/// <content>What the probes say.</content>
internal sealed partial class PodWorker
{
    void IProbeListener.Started(string container, string containerId) => Change(memory =>
        memory.With(container, item => item.ProbedId == containerId ? item with { Started = true } : item));

    void IProbeListener.Readiness(string container, string containerId, bool succeeded) => Change(memory =>
        memory.With(container, item => item.ProbedId == containerId
            ? item with { ReadinessSucceeded = succeeded } : item));

    void IProbeListener.Failed(string container, KillRequest request) => Change(memory =>
        memory.With(container, item => item.ProbedId == request.ContainerId ? item with { Kill = request } : item));

    void IProbeListener.Report(PodContainer container, string reason, string message) =>
        services.Events.Warning(Pod, container, reason, message);

    void IProbeListener.Probed(PodContainer container, string kind, ProbeOutcome outcome, TimeSpan took) =>
        services.Metrics.Probes.Ran(Pod, container.Name, kind, outcome, took);
}
