namespace Netes.ControlPlane.Scheduling;

/// <summary>What is told of the queue. Source: pkg/scheduler/metrics/metrics.go.</summary>
internal sealed partial class SchedulingQueue
{
    /// <summary>Where its pods are counted; null: nowhere.</summary>
    public QueueMetrics? Metrics { get; init; }

    /// <summary>How many wait, by Kubernetes' names of the queue's parts.</summary>
    public IReadOnlyList<(string Queue, int Pods)> Pending()
    {
        lock (_lock)
        {
            var places = _pods.Values.CountBy(static pod => pod.Place).ToDictionary();
            return
            [
                ("active", places.GetValueOrDefault(QueuePlace.Active)),
                ("backoff",
                    places.GetValueOrDefault(QueuePlace.Backoff) + places.GetValueOrDefault(QueuePlace.ErrorBackoff)),
                ("unschedulable", places.GetValueOrDefault(QueuePlace.Unschedulable)),
                ("gated", places.GetValueOrDefault(QueuePlace.Gated)),
            ];
        }
    }

    /// <summary>How many wait, by the plugins that turned them down, and their profiles.</summary>
    public IReadOnlyList<(string Plugin, string Profile, int Pods)> Rejected()
    {
        lock (_lock)
        {
            return
            [
                .. _pods.Values
                    .SelectMany(static pod => pod.Rejectors.Select(
                        plugin => (plugin.Name, pod.Info.Pod.Spec.SchedulerName)))
                    .CountBy(static pair => pair)
                    .Select(static pair => (pair.Key.Name, pair.Key.SchedulerName, pair.Value)),
            ];
        }
    }

    /// <summary>
    /// How many pods are being scheduled, and how many changes are kept for them, by Kubernetes' names.
    /// </summary>
    public IReadOnlyList<(string Event, int Count)> InFlight()
    {
        lock (_lock)
        {
            return
            [
                ("PodPopped", _inFlight.Count),
                .. _missed.SelectMany(static change => QueueEvents.Each(change.Events))
                    .CountBy(static one => one)
                    .Select(static pair => (QueueEvents.Labels[(int)pair.Key], pair.Value)),
            ];
        }
    }

    private bool MayHelp(ISchedulerPlugin plugin, QueuedPod pod, ClusterChange change, ClusterEvents events)
    {
        if (Metrics?.IsSample() != true)
        {
            return plugin.MayHelp(pod.Info, change);
        }

        var began = _time.GetTimestamp();
        var helps = plugin.MayHelp(pod.Info, change);
        Metrics.Hinted(plugin, QueueEvents.First(events), helps, _time.GetElapsedTime(began));
        return helps;
    }

    /// <summary>Into another part of the queue, which is counted.</summary>
    private void Enter(QueuedPod pod, QueuePlace place, QueueEvent why)
    {
        Metrics?.Entered(pod.Place, place, why);
        Place(pod, place);
    }
}
