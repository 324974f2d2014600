using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>
/// What is counted of jobs. Source: pkg/controller/job/metrics/metrics.go and its callers in job_controller.go. Skips
/// because of a stale cache are not counted: own writes are laid over the cache instead.
/// </summary>
internal sealed class JobMetrics(MetricRegistry? registry, TimeProvider time)
{
    private const string Succeeded = "succeeded";
    private const string Failed = "failed";

    private readonly HistogramFamily? _syncSeconds = registry?.Histogram(
        "job_controller_job_sync_duration_seconds", "[STABLE] Time that looking after a job took, in seconds.",
        Buckets.Exponential(0.004, 2, 15), "completion_mode", "result", "action");

    private readonly CounterFamily? _syncs = registry?.Counter(
        "job_controller_job_syncs_total", "[STABLE] How often a job was looked after.",
        "completion_mode", "result", "action");

    private readonly CounterFamily? _finished = registry?.Counter(
        "job_controller_jobs_finished_total", "[STABLE] Jobs that ended, by how; with a reason when they failed.",
        "completion_mode", "result", "reason");

    private readonly CounterFamily? _foreign = registry?.Counter(
        "job_controller_jobs_by_external_controller_total", "[ALPHA] Jobs that another controller manages.",
        "controller_name");

    private readonly CounterFamily? _podsFinished = registry?.Counter(
        "job_controller_job_pods_finished_total", "[STABLE] Pods that ended and are counted.",
        "completion_mode", "result");

    private readonly CounterFamily? _failures = registry?.Counter(
        "job_controller_pod_failures_handled_by_failure_policy_total",
        "[ALPHA] Failures of pods that a rule of a failure policy matched, by its action.", "action");

    private readonly CounterFamily? _tracked = registry?.Counter(
        "job_controller_terminated_pods_tracking_finalizer_total",
        "[ALPHA] Ended pods that came with the tracking finalizer (add), or lost it or went (delete).", "event");

    private readonly CounterFamily? _indexes = registry?.Counter(
        "job_controller_job_finished_indexes_total", "[ALPHA] Indexes that succeeded or failed.",
        "status", "backoffLimit");

    private readonly CounterFamily? _created = registry?.Counter(
        "job_controller_job_pods_creation_total",
        "[ALPHA] Pods that were made, or could not be, by whether others had ended or failed before.",
        "reason", "status");

    /// <summary>A job is looked after from now on.</summary>
    public JobSync Begin(Job job) => new(this, Mode(job), time.GetTimestamp());

    public void End(JobSync sync, bool isWell)
    {
        var labels = new LabelValues(sync.CompletionMode, isWell ? "success" : "error", sync.Action);
        _syncSeconds?.With(labels).Observe(time.GetElapsedTime(sync.Begun));
        _syncs?.With(labels).Add();
    }

    /// <summary>A job came that is not this controller's.</summary>
    public void Foreign(string manager) => _foreign?.With(new(manager)).Add();

    public void Finished(Job job, JobCondition end)
    {
        var isWell = end.Type == JobConditionType.Complete;
        _finished?.With(new(Mode(job), isWell ? Succeeded : Failed, isWell ? "" : end.Reason)).Add();
    }

    /// <summary>What a written status has counted beyond the one before it.</summary>
    public void Counted(Job written, JobStatus before)
    {
        var succeeded = written.Status.Succeeded - before.Succeeded;
        if (JobPods.IsIndexed(written))
        {
            // Of an index that is beyond the completions now, nobody knows any more that it succeeded.
            succeeded = More(written, written.Status.CompletedIndexes, before.CompletedIndexes);
            var limit = written.Spec.BackoffLimitPerIndex is null ? "global" : "perIndex";
            _indexes?.With(new(Succeeded, limit)).Add(succeeded);
            if (written.Spec.BackoffLimitPerIndex is not null)
            {
                _indexes?.With(new(Failed, limit))
                    .Add(More(written, written.Status.FailedIndexes ?? "", before.FailedIndexes ?? ""));
            }
        }

        _podsFinished?.With(new(Mode(written), Succeeded)).Add(Math.Max(0, succeeded));
        _podsFinished?.With(new(Mode(written), Failed)).Add(Math.Max(0, written.Status.Failed - before.Failed));
    }

    public void HandledByPolicy(IEnumerable<string> actions)
    {
        foreach (var action in actions)
        {
            _failures?.With(new(action)).Add();
        }
    }

    public void PodChanged(Pod? old, Pod? next)
    {
        if (IsEndedAndTracked(old) != IsEndedAndTracked(next))
        {
            _tracked?.With(new(IsEndedAndTracked(next) ? "add" : "delete")).Add();
        }
    }

    public void Created(JobView view, int succeeded, int failed)
    {
        var reason = view.Failed > 0 && view.Job.Spec.PodReplacementPolicy == PodReplacementPolicy.Failed
            ? "recreate_failed"
            : view.Failed > 0 || view.Terminating > 0 ? "recreate_terminating_or_failed" : "new";
        if (succeeded > 0)
        {
            _created?.With(new(reason, Succeeded)).Add(succeeded);
        }

        if (failed > 0)
        {
            _created?.With(new(reason, Failed)).Add(failed);
        }
    }

    private static int More(Job job, string now, string before)
    {
        var completions = job.Spec.Completions ?? 0;
        return Math.Max(0, IndexSet.Parse(now, completions).Count - IndexSet.Parse(before, completions).Count);
    }

    private static bool IsEndedAndTracked(Pod? pod) =>
        pod is not null && PodFacts.IsTerminal(pod) && JobPods.IsTracked(pod);

    private static string Mode(Job job) => JobPods.IsIndexed(job) ? CompletionMode.Indexed : CompletionMode.NonIndexed;
}

/// <summary>One look after a job.</summary>
internal sealed class JobSync(JobMetrics metrics, string completionMode, long begun)
{
    /// <summary>The controller waits to see what it did before.</summary>
    private const string Reconciling = "reconciling";

    public string CompletionMode => completionMode;

    public long Begun => begun;

    public string Action { get; private set; } = Reconciling;

    /// <summary>The pods were looked at, and these are the steps.</summary>
    public void Managed(JobSteps steps, bool isSuspended) => Action =
        steps.Delete.Count > 0 || isSuspended ? "pods_deleted"
        : steps.Create.Count > 0 || steps.Wait is not null ? "pods_created"
        : "tracking";

    public void End(bool isWell) => metrics.End(this, isWell);
}
