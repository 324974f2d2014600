using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// A job and its pods at one moment, and what follows from them. Pure.
/// Source: pkg/controller/job/job_controller.go, syncJobCtx.
/// </summary>
internal sealed class JobView
{
    private readonly IReadOnlySet<string> _freed;

    /// <param name="job">The job, started.</param>
    /// <param name="pods">All that it has.</param>
    /// <param name="freed">Uids of pods that are counted, although a cache shows their finalizer still.</param>
    /// <param name="backoff">From the failures before.</param>
    /// <param name="now">The time.</param>
    public JobView(
        Job job, IEnumerable<Pod> pods, IReadOnlySet<string> freed, JobBackoff backoff, DateTimeOffset now)
    {
        (Job, _freed, Now) = (job, freed, now);
        IsIndexed = JobPods.IsIndexed(job);
        Pods = IsIndexed ? [.. pods.OrderBy(JobPods.IndexOf)] : [.. pods];
        Active = Pods.Where(PodFacts.IsActive).ToList();
        Uncounted = job.Status.UncountedTerminatedPods ?? UncountedTerminatedPods.Empty;
        NewSucceeded = Countable(Uncounted.Succeeded).Where(pod => pod.Status.Phase == PodPhase.Succeeded).ToList();
        NewFailed = Countable(Uncounted.Failed).Where(pod => JobPods.IsFailed(pod, job)).ToList();
        Backoff = backoff.After(NewSucceeded, NewFailed);
        Failed = job.Status.Failed + Uncounted.Failed.Count
            + NewFailed.Count(pod => PodFailure.Judge(job.Spec.PodFailurePolicy, pod).Counts);
        CountedIndexes = IndexSet.Parse(job.Status.CompletedIndexes, Completions);
        SucceededIndexes = CountedIndexes;
        if (!IsIndexed)
        {
            Succeeded = job.Status.Succeeded + Uncounted.Succeeded.Count + NewSucceeded.Count;
            return;
        }

        SucceededIndexes = CountedIndexes.Union(IndexSet.Of(Indexes(pod => pod.Status.Phase == PodPhase.Succeeded)));
        Succeeded = SucceededIndexes.Count;
        if (job.Spec.BackoffLimitPerIndex is { } limit)
        {
            FailedIndexes = IndexSet.Parse(job.Status.FailedIndexes ?? "", Completions)
                .Union(IndexSet.Of(Indexes(pod => FailsIndex(pod, limit))));
            Awaiting = FindAwaiting();
        }
    }

    public Job Job { get; }

    public DateTimeOffset Now { get; }

    public bool IsIndexed { get; }

    /// <summary>Of an indexed job in the order of their indexes.</summary>
    public IReadOnlyList<Pod> Pods { get; }

    public IReadOnlyList<Pod> Active { get; }

    public UncountedTerminatedPods Uncounted { get; }

    /// <summary>Pods that have ended and are not in the status at all.</summary>
    public IReadOnlyList<Pod> NewSucceeded { get; }

    public IReadOnlyList<Pod> NewFailed { get; }

    /// <summary>With what ended now.</summary>
    public int Succeeded { get; }

    /// <summary>With what ended now, without what the policy ignores.</summary>
    public int Failed { get; }

    public JobBackoff Backoff { get; }

    /// <summary>Those that the status has.</summary>
    public IndexSet CountedIndexes { get; }

    /// <summary>With what ended now.</summary>
    public IndexSet SucceededIndexes { get; }

    /// <summary>With what ended now; null: indexes have no limits of their own.</summary>
    public IndexSet? FailedIndexes { get; }

    /// <summary>
    /// By index, the failed pod that stays until another one is in its place and has taken over its counts.
    /// </summary>
    public IReadOnlyDictionary<int, Pod> Awaiting { get; } = new Dictionary<int, Pod>();

    /// <summary>Of an indexed job; without limit for others.</summary>
    public int Completions => IsIndexed ? Job.Spec.Completions ?? 0 : int.MaxValue;

    public int Ready => Active.Count(PodFacts.IsReady);

    public int Terminating => Pods.Count(PodFacts.IsTerminating);

    /// <summary>The pod has the finalizer, and nobody is about to take it away.</summary>
    public bool IsTracked(Pod pod) => JobPods.IsTracked(pod) && !_freed.Contains(pod.Metadata.Uid);

    /// <summary>The pod has an index of the job, or needs none.</summary>
    public bool HasValidIndex(Pod pod) =>
        !IsIndexed || (JobPods.IndexOf(pod) is var index && index != JobPods.NoIndex && index < Completions);

    private IEnumerable<Pod> Countable(ValueList<string> uncounted)
    {
        var known = uncounted.ToHashSet(StringComparer.Ordinal);
        return Pods.Where(pod => IsTracked(pod) && HasValidIndex(pod) && !known.Contains(pod.Metadata.Uid));
    }

    private IEnumerable<int> Indexes(Func<Pod, bool> which) =>
        Pods.Where(pod => JobPods.IsTracked(pod) && HasValidIndex(pod) && which(pod)).Select(JobPods.IndexOf);

    private bool FailsIndex(Pod pod, int limit)
    {
        if (!JobPods.IsFailed(pod, Job))
        {
            return false;
        }

        var failure = PodFailure.Judge(Job.Spec.PodFailurePolicy, pod);
        return failure.Action == PodFailurePolicyAction.FailIndex
            || (failure.Counts && JobPods.FailuresBefore(pod) >= limit);
    }

    private Dictionary<int, Pod> FindAwaiting()
    {
        var active = Active.Select(JobPods.IndexOf).ToHashSet();
        Dictionary<int, Pod> awaiting = [];
        foreach (var pod in Pods.Where(pod => IsTracked(pod) && HasValidIndex(pod) && JobPods.IsFailed(pod, Job)))
        {
            var index = JobPods.IndexOf(pod);
            if (!SucceededIndexes.Contains(index) && !FailedIndexes!.Contains(index) && !active.Contains(index)
                && (!awaiting.TryGetValue(index, out var other)
                    || (JobPods.AllFailuresBefore(other) <= JobPods.AllFailuresBefore(pod)
                        && JobBackoff.FinishTime(pod) >= JobBackoff.FinishTime(other))))
            {
                awaiting[index] = pod;
            }
        }

        return awaiting;
    }
}
