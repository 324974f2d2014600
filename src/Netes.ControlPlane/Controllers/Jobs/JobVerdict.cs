using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Whether a job is to end, and why. Pure. Source: pkg/controller/job/{job_controller,success_policy}.go.
/// </summary>
internal static class JobVerdict
{
    /// <summary>
    /// SuccessCriteriaMet or FailureTarget, or, when that was written before, Failed; null: the job goes on.
    /// </summary>
    public static JobCondition? Of(JobView view) => Known(view) ?? OfPods(view) ?? OfIndexes(view);

    /// <summary>How long the job may run still; null: as long as it likes.</summary>
    public static TimeSpan? TimeLeft(JobView view) =>
        view.Job.Spec.ActiveDeadlineSeconds is { } seconds && !JobPods.IsSuspended(view.Job)
        && view.Job.Status.StartTime is { } start
            ? start.ToDateTimeOffset().Plus(seconds) - view.Now
            : null;

    private static JobCondition? Known(JobView view) =>
        JobPods.Condition(view.Job.Status, JobConditionType.SuccessCriteriaMet)
        ?? (JobPods.Condition(view.Job.Status, JobConditionType.FailureTarget) is { } target
            ? JobConditions.Final(target, view.Now) : null);

    private static JobCondition? OfPods(JobView view)
    {
        var spec = view.Job.Spec;
        foreach (var pod in spec.PodFailurePolicy is null ? [] : view.Pods)
        {
            if (JobPods.IsFailed(pod, view.Job)
                && PodFailure.Judge(spec.PodFailurePolicy, pod).FailsJob is { } message)
            {
                return Fails("PodFailurePolicy", message, view);
            }
        }

        return view.Failed > (spec.BackoffLimit ?? int.MaxValue) || RestartsTooOften(view)
            ? Fails("BackoffLimitExceeded", "Job has reached the specified backoff limit", view)
            : TimeLeft(view) <= TimeSpan.Zero
                ? Fails("DeadlineExceeded", "Job was active longer than specified deadline", view)
                : null;
    }

    private static JobCondition? OfIndexes(JobView view)
    {
        if (view.FailedIndexes is { } failed)
        {
            if (failed.Count > (view.Job.Spec.MaxFailedIndexes ?? int.MaxValue))
            {
                return Fails("MaxFailedIndexesExceeded",
                    "Job has exceeded the specified maximal number of failed indexes", view);
            }

            if (failed.Count > 0 && failed.Count + view.SucceededIndexes.Count >= view.Completions)
            {
                return Fails("FailedIndexes", "Job has failed indexes", view);
            }
        }

        return view.IsIndexed && SuccessRule(view) is { } rule
            ? JobConditions.SuccessCriteriaMet(
                "SuccessPolicy", FormattableString.Invariant($"Matched rules at index {rule}"), view.Now)
            : null;
    }

    /// <summary>The first rule that is met; null: none is.</summary>
    private static int? SuccessRule(JobView view)
    {
        var succeeded = view.SucceededIndexes;
        if (view.Job.Spec.SuccessPolicy is not { } policy || succeeded.Count == 0)
        {
            return null;
        }

        for (var i = 0; i < policy.Rules.Count; i++)
        {
            var rule = policy.Rules[i];
            if (rule.SucceededIndexes is { } text)
            {
                var wanted = IndexSet.Parse(text, view.Completions);
                var got = wanted.Overlap(succeeded);
                if (wanted.Count > 0 && (got == wanted.Count || got >= rule.SucceededCount))
                {
                    return i;
                }
            }
            else if (succeeded.Count >= rule.SucceededCount)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Pods that are restarted in place do not fail; their restarts count instead.</summary>
    private static bool RestartsTooOften(JobView view)
    {
        if (view.Job.Spec.Template.Spec.RestartPolicy != RestartPolicy.OnFailure)
        {
            return false;
        }

        var restarts = view.Pods
            .Where(pod => pod.Status.Phase is PodPhase.Running or PodPhase.Pending)
            .SelectMany(pod => pod.Status.InitContainerStatuses.Concat(pod.Status.ContainerStatuses))
            .Sum(status => (long)status.RestartCount);
        var limit = view.Job.Spec.BackoffLimit ?? int.MaxValue;
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }

    private static JobCondition Fails(string reason, string message, JobView view) =>
        JobConditions.FailureTarget(reason, message, view.Now);
}
