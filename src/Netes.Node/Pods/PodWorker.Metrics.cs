using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <content>
/// How long its turns and its start take. Source: pkg/kubelet/pod_workers.go, pkg/kubelet/kubelet.go.
/// </content>
internal sealed partial class PodWorker
{
    private readonly long seenAt;
    private volatile PodRuntimeState state = PodRuntimeState.Empty;
    private bool isUpdated;
    private bool hasTurned;
    private bool isStartTold;
    private string turn = "create";
    private long turnBegan;
    private bool turnWorks;

    /// <summary>What the runtime had of the pod when it was last looked at.</summary>
    public PodRuntimeState State => state;

    /// <summary>A turn; what it began to do beside the loop belongs to its time.</summary>
    private async Task<bool> TurnAsync(CancellationToken cancel)
    {
        turnBegan = services.Time.GetTimestamp();
        turnWorks = false;
        if (!hasTurned)
        {
            services.Metrics.WorkerStart.Observe(services.Time.GetElapsedTime(seenAt, turnBegan));
        }

        var isGone = await StepAsync(cancel);
        hasTurned = true;
        if (!turnWorks)
        {
            services.Metrics.Turned(turn, turnBegan);
        }

        return isGone;
    }

    private string TurnOf(bool ending)
    {
        lock (gate)
        {
            var updated = isUpdated;
            isUpdated = false;
            return ending ? "kill" : !hasTurned ? "create" : updated ? "update" : "sync";
        }
    }

    private void MeasureStart(Pod current, string phase, PodRuntimeState runtime)
    {
        if (isStartTold)
        {
            return;
        }

        services.Metrics.Startups.InitEnded(current, runtime);
        if (phase is PodPhase.Pending or "")
        {
            return;
        }

        isStartTold = true;
        if (phase == PodPhase.Running && current.Status.Phase is PodPhase.Pending or "")
        {
            services.Metrics.PodStart.Observe(services.Time.GetElapsedTime(seenAt));
        }
    }
}
