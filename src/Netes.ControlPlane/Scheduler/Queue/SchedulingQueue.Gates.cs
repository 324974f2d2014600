using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods that a plugin holds back before they are tried at all. They come in when that plugin has a change of mind: when
/// they change themselves, when it says so, or when something happens that it waits for.
/// </summary>
internal sealed partial class SchedulingQueue
{
    // Those alone that something in the cluster may let in.
    private readonly HashSet<QueuedPod> _gated = [];

    /// <summary>What held the pod back before the active queue may do so no longer.</summary>
    public void Activate(ObjectKey key)
    {
        lock (_lock)
        {
            if (_pods.TryGetValue(key, out var pod) && pod.Place == QueuePlace.Gated)
            {
                Activate(pod, QueueEvent.ForceActivate);
            }
        }
    }

    private void Activate(QueuedPod pod, QueueEvent why)
    {
        if (GateOf(pod) is not { } gate)
        {
            Enter(pod, QueuePlace.Active, why);
            return;
        }

        Metrics?.Entered(pod.Place, QueuePlace.Gated, why);
        Place(pod, QueuePlace.Nowhere);
        (pod.Rejectors, pod.WakingEvents, pod.IsFlushed) = ([gate], gate.WakingEvents, false);
        Place(pod, QueuePlace.Gated);
    }

    /// <summary>Where a pod goes that was turned down: nothing that it missed may help it, or something may.</summary>
    private void PlaceAfter(QueuedPod pod, bool rests)
    {
        if (rests)
        {
            Enter(pod, QueuePlace.Unschedulable, QueueEvent.ScheduleAttemptFailure);
        }
        else if (IsGated(pod))
        {
            Activate(pod, QueueEvent.ScheduleAttemptFailure);
        }
        else
        {
            Enter(pod, QueuePlace.Backoff, QueueEvent.ScheduleAttemptFailure);
        }
    }

    /// <summary>The woken ones, and those whose gate the change may open.</summary>
    private List<QueuedPod> Ungated(ClusterChange change, List<QueuedPod>? woken)
    {
        woken ??= [];
        foreach (var pod in _gated)
        {
            if ((pod.WakingEvents & change.Events) != 0 && MayHelp(pod, change))
            {
                woken.Add(pod);
            }
        }

        return woken;
    }

    private bool IsGated(QueuedPod pod) => GateOf(pod) is not null;

    private IPreEnqueuePlugin? GateOf(QueuedPod pod) =>
        _frameworkOf(pod.Info.Pod).GateOf(pod.Info.Pod, Metrics?.IsSample() == true);
}
