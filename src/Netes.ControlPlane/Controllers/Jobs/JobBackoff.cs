using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// How long a job waits before it makes another pod: it doubles with each failure since the last success, from ten
/// seconds to ten minutes. Source: pkg/controller/job/backoff_utils.go.
/// </summary>
/// <param name="Failures">Since the last success.</param>
/// <param name="Last">When the last of them was.</param>
internal sealed record JobBackoff(int Failures, DateTimeOffset Last)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static JobBackoff None { get; } = new(0, default);

    /// <summary>After more pods have ended.</summary>
    public JobBackoff After(IReadOnlyCollection<Pod> succeeded, IReadOnlyCollection<Pod> failed)
    {
        if (succeeded.Count == 0)
        {
            return failed.Count == 0 ? this : new(Failures + failed.Count, failed.Max(FinishTime));
        }

        var lastSuccess = succeeded.Max(FinishTime);
        var later = failed.Select(FinishTime).Where(time => time > lastSuccess).ToList();
        return later.Count == 0 ? None : new(later.Count, later.Max());
    }

    /// <summary>Of one index, after the pod that failed last.</summary>
    public static JobBackoff OfIndex(Pod? failed) =>
        failed is null ? None : new(JobPods.AllFailuresBefore(failed) + 1, FinishTime(failed));

    public TimeSpan Remaining(DateTimeOffset now)
    {
        if (Failures == 0)
        {
            return TimeSpan.Zero;
        }

        // Beyond six doublings it is the longest anyway.
        var wait = TimeSpan.FromTicks(Math.Min(Shortest.Ticks << Math.Min(Failures - 1, 6), Longest.Ticks));
        var left = wait - (now - Last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>
    /// When the last container ended; else when the pod was last ready, was deleted, or came into being.
    /// </summary>
    public static DateTimeOffset FinishTime(Pod pod)
    {
        var time = ContainersEnd(pod)
            ?? (PodFacts.Condition(pod, PodConditionType.Ready) is { Status: ConditionStatus.False } ready
                ? ready.LastTransitionTime : null);
        if (time is not null)
        {
            return time.Value.ToDateTimeOffset();
        }

        return pod.Metadata.DeletionTimestamp is { } deleted
            ? deleted.ToDateTimeOffset().Plus(-(pod.Metadata.DeletionGracePeriodSeconds ?? 0))
            : pod.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch;
    }

    /// <summary>Null: one of the containers, or of the sidecars, runs still.</summary>
    private static Timestamp? ContainersEnd(Pod pod)
    {
        var sidecars = pod.Spec.InitContainers
            .Where(container => container.RestartPolicy == ContainerRestartPolicy.Always)
            .Select(container => container.Name)
            .ToHashSet(StringComparer.Ordinal);
        Timestamp? end = null;
        foreach (var status in pod.Status.ContainerStatuses
            .Concat(pod.Status.InitContainerStatuses.Where(status => sidecars.Contains(status.Name))))
        {
            if (status.State?.Terminated?.FinishedAt is not { } time)
            {
                return null;
            }

            end = end is { } latest && latest > time ? latest : time;
        }

        return end;
    }
}
