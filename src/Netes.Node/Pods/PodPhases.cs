using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>A pod's phase from its containers' states. Source: pkg/kubelet/kubelet_pods.go (getPhase).</summary>
public static class PodPhases
{
    /// <param name="ended">Nothing of the pod will run again, whatever its restart policy says.</param>
    public static string Of(
        PodSpec spec, IReadOnlyList<ContainerStatus> init, IReadOnlyList<ContainerStatus> regular, bool ended)
    {
        var counts = new Counts();
        foreach (var container in PodContainers.InitContainersOf(spec))
        {
            var status = init.FirstOrDefault(status => status.Name == container.Name);
            if (container.Kind == ContainerKind.Sidecar)
            {
                counts.AddSidecar(status);
            }
            else
            {
                counts.AddInit(status, container, spec);
            }
        }

        var anyStarted = false;
        foreach (var container in PodContainers.RegularOf(spec))
        {
            var status = regular.FirstOrDefault(status => status.Name == container.Name);
            counts.AddRegular(status);
            anyStarted |= status is not null && (status.State.Running is not null || LastEnd(status) is not null);
        }

        return counts.ToPhase(spec.RestartPolicy, anyStarted, ended);
    }

    private static ContainerStateTerminated? LastEnd(ContainerStatus status) =>
        status.State.Terminated ?? status.LastTerminationState.Terminated;

    private struct Counts
    {
        private int pendingInit;
        private int pendingSidecars;
        private int failedForGood;
        private int unknown;
        private int running;
        private int waiting;
        private int stopped;
        private int succeeded;

        public void AddInit(ContainerStatus? status, PodContainer container, PodSpec spec)
        {
            var end = status is null || status.State.Running is not null ? null : LastEnd(status);
            if (end is null)
            {
                pendingInit++;
            }
            else if (end.ExitCode != 0)
            {
                pendingInit++;
                failedForGood += RestartRules.ShouldRestart(container, spec, end.ExitCode) ? 0 : 1;
            }
        }

        public void AddSidecar(ContainerStatus? status)
        {
            if (status is null)
            {
                pendingSidecars++;
                unknown++;
            }
            else if (status.State.Running is not null)
            {
                pendingSidecars += status.Started == true ? 0 : 1;
                running++;
            }
            else if (LastEnd(status) is null)
            {
                pendingSidecars++;
                waiting++;
            }
        }

        public void AddRegular(ContainerStatus? status)
        {
            if (status is null)
            {
                unknown++;
            }
            else if (status.State.Running is not null)
            {
                running++;
            }
            else if (LastEnd(status) is { } end)
            {
                stopped++;
                succeeded += status.State.Terminated is not null && end.ExitCode == 0 ? 1 : 0;
            }
            else
            {
                waiting++;
            }
        }

        public readonly string ToPhase(string restartPolicy, bool anyStarted, bool ended)
        {
            if (failedForGood > 0)
            {
                return PodPhase.Failed;
            }

            if (!anyStarted && (pendingInit > 0 || pendingSidecars > 0))
            {
                return ended ? PodPhase.Failed : PodPhase.Pending;
            }

            if (waiting > 0)
            {
                return ended ? PodPhase.Failed : PodPhase.Pending;
            }

            var finished = stopped > 0 && unknown == 0;
            if (ended && finished)
            {
                return stopped == succeeded ? PodPhase.Succeeded : PodPhase.Failed;
            }

            // A pod is over when its regular containers are: sidecars are stopped for it then.
            var over = finished && stopped > 0 && running == 0;
            if (running > 0 && unknown == 0)
            {
                return PodPhase.Running;
            }

            if (!over)
            {
                return ended ? PodPhase.Failed : PodPhase.Pending;
            }

            return restartPolicy switch
            {
                RestartPolicy.Always or "" => PodPhase.Running,
                _ when stopped == succeeded => PodPhase.Succeeded,
                RestartPolicy.Never => PodPhase.Failed,
                _ => PodPhase.Running,
            };
        }
    }
}
