using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Which pods a job that goes on makes and gives up. Pure.
/// Source: pkg/controller/job/job_controller.go, manageJob.
/// </summary>
internal static class JobPlan
{
    /// <summary>Pods created or deleted in one go.</summary>
    public const int MaxPods = 500;

    /// <summary>Pods of a job often end together: what happens within a second is one status.</summary>
    public static readonly TimeSpan BatchPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The job with its start time, when it starts now.</summary>
    public static Job Started(Job job, DateTimeOffset now) =>
        job.Status.StartTime is null && !JobPods.IsSuspended(job)
            ? job with { Status = job.Status with { StartTime = Timestamp.From(now) } }
            : job;

    public static JobSteps Manage(JobView view)
    {
        var job = view.Job;
        if (JobPods.IsSuspended(job))
        {
            return JobSteps.None with { Delete = Surplus(view, view.Active.Count) };
        }

        // Pods with a wrong or a second index go first, before others are made in their place.
        var wanted = Wanted(view);
        var surplus = Surplus(view, Math.Max(0, view.Active.Count - wanted));
        if (surplus.Count > 0)
        {
            return JobSteps.None with { Delete = surplus.Take(MaxPods).ToList() };
        }

        var terminating = JobPods.ReplacesFailedOnly(job) ? view.Terminating : 0;
        var missing = Math.Min(wanted - terminating - view.Active.Count, MaxPods);
        if (missing <= 0)
        {
            return JobSteps.None;
        }

        if (view.FailedIndexes is not null)
        {
            return OfIndependentIndexes(view, missing);
        }

        var wait = view.Backoff.Remaining(view.Now);
        return wait > TimeSpan.Zero ? JobSteps.None with { Wait = Batched(wait) }
            : JobSteps.None with
            {
                Create = view.IsIndexed ? Pending(view, missing) : Enumerable.Repeat(JobPods.NoIndex, missing).ToList(),
            };
    }

    /// <summary>All that the job asked for has come, and nothing runs any more.</summary>
    public static JobCondition? Complete(JobView view, int active) =>
        active == 0 && (view.Job.Spec.Completions is { } completions
            ? view.Succeeded >= completions
            : view.Succeeded > 0)
            ? JobConditions.SuccessCriteriaMet(
                "CompletionsReached", "Reached expected number of succeeded pods", view.Now)
            : null;

    /// <summary>
    /// The status of a job that was just managed: suspended, which stops its clock, or resumed, which starts it anew
    /// (KEP-5440).
    /// </summary>
    public static JobStatus Suspended(Job job, DateTimeOffset now)
    {
        var conditions = JobConditions.Set(job.Status.Conditions, JobPods.IsSuspended(job)
            ? JobConditions.New(
                JobConditionType.Suspended, ConditionStatus.True, "JobSuspended", "Job suspended", now)
            : JobConditions.New(
                JobConditionType.Suspended, ConditionStatus.False, "JobResumed", "Job resumed", now));
        return job.Status with
        {
            Conditions = conditions,
            StartTime = JobPods.IsSuspended(job) ? null
                : conditions == job.Status.Conditions ? job.Status.StartTime
                : Timestamp.From(now),
        };
    }

    private static int Wanted(JobView view)
    {
        var parallelism = view.Job.Spec.Parallelism ?? 1;
        return view.Job.Spec.Completions is { } completions
            ? Math.Clamp(completions - view.Succeeded, 0, parallelism)
            : view.Succeeded > 0 ? view.Active.Count : parallelism;
    }

    /// <summary>Indexes without a pod, lowest first.</summary>
    private static List<int> Pending(JobView view, int count)
    {
        var busy = view.Active.Where(view.HasValidIndex);
        if (JobPods.ReplacesFailedOnly(view.Job))
        {
            busy = busy.Concat(view.Pods.Where(pod => PodFacts.IsTerminating(pod) && view.HasValidIndex(pod)));
        }

        return view.SucceededIndexes.Union(view.FailedIndexes ?? IndexSet.Empty)
            .Union(IndexSet.Of(busy.Select(JobPods.IndexOf)))
            .Missing(view.Completions, count);
    }

    /// <summary>Each index waits for its own failures.</summary>
    private static JobSteps OfIndependentIndexes(JobView view, int missing)
    {
        List<int> create = [];
        TimeSpan? wait = null;
        foreach (var index in Pending(view, missing))
        {
            var remaining = JobBackoff.OfIndex(view.Awaiting.GetValueOrDefault(index)).Remaining(view.Now);
            if (remaining == TimeSpan.Zero)
            {
                create.Add(index);
            }
            else if (wait is null || remaining < wait)
            {
                wait = remaining;
            }
        }

        return JobSteps.None with { Create = create, Wait = wait is { } left ? Batched(left) : null };
    }

    private static TimeSpan Batched(TimeSpan wait) => wait < BatchPeriod ? BatchPeriod : wait;

    /// <summary>Of an indexed job, all pods but one of each valid index; then those that serve least.</summary>
    private static List<Pod> Surplus(JobView view, int atLeast)
    {
        List<Pod> surplus = [];
        List<Pod> rest = [];
        if (view.IsIndexed)
        {
            surplus.AddRange(view.Active.Where(pod => !view.HasValidIndex(pod)));
            foreach (var twins in view.Active.Where(view.HasValidIndex).GroupBy(JobPods.IndexOf))
            {
                var ordered = twins.Order(LeastUseful).ToList();
                surplus.AddRange(ordered.SkipLast(1));
                rest.Add(ordered[^1]);
            }
        }
        else
        {
            rest.AddRange(view.Active);
        }

        surplus.AddRange(rest.Order(LeastUseful).Take(Math.Max(0, atLeast - surplus.Count)));
        return surplus;
    }

    /// <summary>Source: pkg/controller/controller_utils.go, ActivePods.</summary>
    private static readonly Comparer<Pod> LeastUseful = Comparer<Pod>.Create((left, right) =>
    {
        ReadOnlySpan<int> orders =
        [
            (left.Spec.NodeName.Length > 0).CompareTo(right.Spec.NodeName.Length > 0),
            Phase(left).CompareTo(Phase(right)),
            PodFacts.IsReady(left).CompareTo(PodFacts.IsReady(right)),
            Nullable.Compare(PodFacts.ReadySince(right), PodFacts.ReadySince(left)),
            Restarts(right, sidecars: false).CompareTo(Restarts(left, sidecars: false)),
            Restarts(right, sidecars: true).CompareTo(Restarts(left, sidecars: true)),
            Nullable.Compare(right.Metadata.CreationTimestamp, left.Metadata.CreationTimestamp),
            string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name),
        ];
        foreach (var order in orders)
        {
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    });

    private static int Phase(Pod pod) => pod.Status.Phase switch
    {
        PodPhase.Pending => 0,
        PodPhase.Unknown => 1,
        _ => 2,
    };

    private static int Restarts(Pod pod, bool sidecars) => PodDeletionOrder.Restarts(pod, sidecars);
}

/// <param name="Delete">Pods that are too many.</param>
/// <param name="Create">The index of each pod to make, or <see cref="JobPods.NoIndex"/>.</param>
/// <param name="Wait">How long until more pods may be made; null: that does not depend on time.</param>
internal sealed record JobSteps(IReadOnlyList<Pod> Delete, IReadOnlyList<int> Create, TimeSpan? Wait)
{
    public static JobSteps None { get; } = new([], [], null);
}
