using System.Globalization;

namespace Netes.Api.Core;

/// <summary>
/// A pod's state in one word, its ready containers and its restarts, as kubectl shows them. Init containers come first:
/// while one has not ended, it alone tells the state. Source: printPod of pkg/printers/internalversion/printers.go.
/// </summary>
public sealed record PodSummary(string Reason, int Ready, int Total, int Restarts, Timestamp? LastRestart)
{
    private const string Completed = "Completed";
    private const string Gated = "SchedulingGated";

    public static PodSummary Of(Pod pod)
    {
        var sidecars = pod.Spec.InitContainers.Where(IsSidecar).Select(container => container.Name)
            .ToHashSet(StringComparer.Ordinal);
        var start = new PodSummary(
            FirstReason(pod), 0, pod.Spec.Containers.Count + sidecars.Count, 0, null);
        var (summary, initializing, ofSidecars) = Init(pod, start, sidecars);
        if (!initializing || Is(pod, PodConditionType.Initialized))
        {
            summary = Main(pod, summary with { Restarts = ofSidecars.Restarts, LastRestart = ofSidecars.LastRestart });
        }

        if (pod.Metadata.DeletionTimestamp is null)
        {
            return summary;
        }

        var reason = pod.Status.Reason == "NodeLost" ? "Unknown"
            : pod.Status.Phase is PodPhase.Failed or PodPhase.Succeeded ? summary.Reason
            : "Terminating";
        return summary with { Reason = reason };
    }

    /// <summary><c>1/2</c>.</summary>
    public string ShowReady() => Cells.Ratio(Ready, Total);

    /// <summary><c>2 (5m ago)</c>.</summary>
    public string ShowRestarts(DateTimeOffset now) => Restarts != 0 && LastRestart is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"{Restarts} ({Ages.Since(last, now)} ago)")
        : Restarts.ToString(CultureInfo.InvariantCulture);

    private static string FirstReason(Pod pod) =>
        pod.Status.Conditions.Any(condition => condition is { Type: PodConditionType.PodScheduled, Reason: Gated })
            ? Gated
        : pod.Status.Reason.Length > 0 ? pod.Status.Reason
        : pod.Status.Phase;

    private static (PodSummary Summary, bool Initializing, PodSummary OfSidecars) Init(
        Pod pod, PodSummary summary, HashSet<string> sidecars)
    {
        var ofSidecars = summary;
        var statuses = pod.Status.InitContainerStatuses;
        for (var i = 0; i < statuses.Count; i++)
        {
            var status = statuses[i];
            var isSidecar = sidecars.Contains(status.Name);
            summary = summary.WithRestarts(status);
            ofSidecars = isSidecar ? ofSidecars.WithRestarts(status) : ofSidecars;
            if (status.State.Terminated is { ExitCode: 0 })
            {
                continue;
            }

            if (isSidecar && status.Started is true)
            {
                summary = status.Ready ? summary with { Ready = summary.Ready + 1 } : summary;
                continue;
            }

            var reason = status.State switch
            {
                { Terminated: { } ended } => $"Init:{EndOf(ended)}",
                { Waiting.Reason: { Length: > 0 } waiting } when waiting != "PodInitializing" => $"Init:{waiting}",
                _ => string.Create(CultureInfo.InvariantCulture, $"Init:{i}/{pod.Spec.InitContainers.Count}"),
            };
            return (summary with { Reason = reason }, true, ofSidecars);
        }

        return (summary, false, ofSidecars);
    }

    private static PodSummary Main(Pod pod, PodSummary summary)
    {
        var running = false;
        var statuses = pod.Status.ContainerStatuses;
        for (var i = statuses.Count - 1; i >= 0; i--)
        {
            var status = statuses[i];
            summary = summary.WithRestarts(status);
            switch (status.State)
            {
                case { Waiting.Reason: { Length: > 0 } waiting }:
                    summary = summary with { Reason = waiting };
                    break;
                case { Terminated: { } ended }:
                    summary = summary with { Reason = EndOf(ended) };
                    break;
                case { Running: not null } when status.Ready:
                    running = true;
                    summary = summary with { Ready = summary.Ready + 1 };
                    break;
            }
        }

        // One container has ended, another serves: the pod is not over.
        return summary.Reason == Completed && running
            ? summary with { Reason = Is(pod, PodConditionType.Ready) ? "Running" : "NotReady" }
            : summary;
    }

    private static string EndOf(ContainerStateTerminated ended) =>
        ended.Reason.Length > 0 ? ended.Reason
        : ended.Signal != 0 ? string.Create(CultureInfo.InvariantCulture, $"Signal:{ended.Signal}")
        : string.Create(CultureInfo.InvariantCulture, $"ExitCode:{ended.ExitCode}");

    private static bool IsSidecar(Container container) => container.RestartPolicy == ContainerRestartPolicy.Always;

    private static bool Is(Pod pod, string type) =>
        pod.Status.Conditions.Any(condition => condition.Type == type && condition.Status == ConditionStatus.True);

    private PodSummary WithRestarts(ContainerStatus status)
    {
        var last = status.LastTerminationState.Terminated?.FinishedAt;
        return this with
        {
            Restarts = Restarts + status.RestartCount,
            LastRestart = last is not null && (LastRestart is null || last > LastRestart) ? last : LastRestart,
        };
    }
}
