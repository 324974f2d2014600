using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Counts each ended pod exactly once, whenever the controller dies: (1) the pod's uid is written into the status,
/// (2) its finalizer is taken away, (3) the uid leaves the status and the count grows, in one write. A pod whose uid is
/// in the status and whose finalizer is gone is counted by whoever comes next. Pure.
/// Source: pkg/controller/job/job_controller.go, trackJobStatusAndRemoveFinalizers.
/// </summary>
/// <param name="Status">To be written before any finalizer goes.</param>
/// <param name="Free">The pods whose finalizer may go after that.</param>
/// <param name="Final">What the job becomes when all is counted; null: it goes on.</param>
/// <param name="IsFull">There are more pods to count than a status holds; they come next time.</param>
/// <param name="Actions">Of the failure policy's rules that matched pods that go now, one a pod.</param>
internal sealed record JobTracking(
    JobStatus Status, IReadOnlyList<Pod> Free, JobCondition? Final, bool IsFull, IReadOnlyList<string> Actions)
{
    /// <summary>So that the uids in a status stay below 20 KB.</summary>
    public const int MaxUncounted = 500;

    /// <param name="view">The job and its pods.</param>
    /// <param name="status">With how many pods are active, ready and terminating now.</param>
    /// <param name="verdict">Null: the job goes on.</param>
    public static JobTracking Plan(JobView view, JobStatus status, JobCondition? verdict)
    {
        status = Settled(status, TrackedUids(view));
        var uncounted = status.UncountedTerminatedPods!;
        var (succeeded, failed) = (uncounted.Succeeded.ToList(), uncounted.Failed.ToList());
        HashSet<string> known = [.. view.Uncounted.Succeeded, .. view.Uncounted.Failed];
        var knownFailed = view.Uncounted.Failed.ToHashSet(StringComparer.Ordinal);
        var fails = verdict is not null && verdict.Type != JobConditionType.SuccessCriteriaMet;
        List<int> indexes = [];
        List<Pod> free = [];
        List<string> actions = [];
        var full = false;
        foreach (var pod in view.Pods.Where(pod => MayGo(view, pod, verdict)))
        {
            var uid = pod.Metadata.Uid;
            free.Add(pod);
            if (pod.Status.Phase == PodPhase.Succeeded && !knownFailed.Contains(uid))
            {
                if (!view.IsIndexed && known.Add(uid))
                {
                    succeeded.Add(uid);
                }
                else if (view.IsIndexed && view.HasValidIndex(pod)
                    && !view.CountedIndexes.Contains(JobPods.IndexOf(pod)))
                {
                    // That the index is written is enough not to count it again.
                    indexes.Add(JobPods.IndexOf(pod));
                }
            }
            else if ((JobPods.IsFailed(pod, view.Job) || fails) && view.HasValidIndex(pod) && !known.Contains(uid))
            {
                var failure = PodFailure.Judge(view.Job.Spec.PodFailurePolicy, pod);
                actions.AddRange(failure.Action is { } action ? [action] : []);
                if (failure.Counts)
                {
                    known.Add(uid);
                    failed.Add(uid);
                }
            }

            full = indexes.Count + succeeded.Count + failed.Count >= MaxUncounted;
            if (full)
            {
                break;
            }
        }

        status = status with { UncountedTerminatedPods = new() { Succeeded = [.. succeeded], Failed = [.. failed] } };
        return new(WithInterim(WithIndexes(view, status, indexes), verdict), free,
            verdict is null ? null : JobConditions.Final(verdict, view.Now), full, actions);
    }

    /// <summary>The uids of pods that have the finalizer.</summary>
    public static HashSet<string> TrackedUids(JobView view) =>
        view.Pods.Where(view.IsTracked).Select(pod => pod.Metadata.Uid).ToHashSet(StringComparer.Ordinal);

    /// <summary>The status with all pods counted that were noted and have lost their finalizer.</summary>
    public static JobStatus Settled(JobStatus status, IReadOnlySet<string> tracked)
    {
        var uncounted = status.UncountedTerminatedPods ?? UncountedTerminatedPods.Empty;
        var succeeded = uncounted.Succeeded.Where(tracked.Contains).ToValueList();
        var failed = uncounted.Failed.Where(tracked.Contains).ToValueList();
        return status with
        {
            UncountedTerminatedPods = new() { Succeeded = succeeded, Failed = failed },
            Succeeded = status.Succeeded + uncounted.Succeeded.Count - succeeded.Count,
            Failed = status.Failed + uncounted.Failed.Count - failed.Count,
        };
    }

    /// <summary>The status of the finished job; null: pods are still being counted, or about to go.</summary>
    public static JobStatus? Finished(JobStatus status, JobCondition? final, DateTimeOffset now)
    {
        if (final is null || status.Terminating > 0
            || status.UncountedTerminatedPods is not (null or { Succeeded.IsEmpty: true, Failed.IsEmpty: true }))
        {
            return null;
        }

        return status with
        {
            Conditions = JobConditions.Set(status.Conditions, final),
            StartTime = status.StartTime ?? Timestamp.From(now),
            CompletionTime = final.Type == JobConditionType.Complete ? Timestamp.From(now) : status.CompletionTime,
        };
    }

    private static bool MayGo(JobView view, Pod pod, JobCondition? verdict)
    {
        if (!view.IsTracked(pod))
        {
            return false;
        }

        if (view.Job.Metadata.DeletionTimestamp is not null || verdict is not null
            || pod.Status.Phase == PodPhase.Succeeded)
        {
            return true;
        }

        return JobPods.IsFailed(pod, view.Job)
            && view.Awaiting.GetValueOrDefault(JobPods.IndexOf(pod))?.Metadata.Uid != pod.Metadata.Uid;
    }

    private static JobStatus WithIndexes(JobView view, JobStatus status, List<int> indexes)
    {
        if (!view.IsIndexed)
        {
            return status;
        }

        var succeeded = view.CountedIndexes.Union(IndexSet.Of(indexes));
        return status with
        {
            Succeeded = succeeded.Count,
            CompletedIndexes = succeeded.ToString(),
            FailedIndexes = view.FailedIndexes?.ToString(),
        };
    }

    private static JobStatus WithInterim(JobStatus status, JobCondition? verdict) =>
        verdict is { Type: JobConditionType.FailureTarget or JobConditionType.SuccessCriteriaMet }
            ? status with { Conditions = JobConditions.Set(status.Conditions, verdict) }
            : status;
}
