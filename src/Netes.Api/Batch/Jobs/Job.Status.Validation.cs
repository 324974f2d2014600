using Netes.Api.Core;

namespace Netes.Api.Batch;

/// <summary>
/// What a status may become, whoever controls the job. What is kept from before is not looked at again.
/// Source: validateJobStatus of pkg/apis/batch/validation/validation.go, getStatusValidationOptions of
/// pkg/registry/batch/job/strategy.go.
/// </summary>
internal static class JobStatusValidation
{
    private static readonly FieldPath Path = FieldPath.Of("status");
    private static readonly Shown Omitted = new("<omitted>");

    public static List<FieldError> Validate(Job next, Job old)
    {
        List<FieldError> errors = [];
        var status = next.Status;
        errors.NotNegative(Path.Child("active"), status.Active);
        errors.NotNegative(Path.Child("succeeded"), status.Succeeded);
        errors.NotNegative(Path.Child("failed"), status.Failed);
        errors.NotNegative(Path.Child("ready"), status.Ready);
        errors.NotNegative(Path.Child("terminating"), status.Terminating);
        ValidateUncounted(status, errors);
        ValidateEnd(next, old, errors);
        ValidateTimes(next, old, errors);
        ValidateIndexes(next, old, errors);
        ValidateCounts(next, old, errors);
        ValidateTransitions(status, old.Status, errors);
        return errors;
    }

    private static void ValidateUncounted(JobStatus status, List<FieldError> errors)
    {
        var path = Path.Child("uncountedTerminatedPods");
        var uncounted = status.UncountedTerminatedPods ?? UncountedTerminatedPods.Empty;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var (field, uids) in new[] { ("succeeded", uncounted.Succeeded), ("failed", uncounted.Failed) })
        {
            for (var i = 0; i < uids.Count; i++)
            {
                var at = path.Child(field).Index(i);
                if (uids[i].Length == 0)
                {
                    errors.Invalid(at, "", "must not be empty");
                }
                else if (!seen.Add(uids[i]))
                {
                    errors.Add(FieldError.Duplicate(at, uids[i]));
                }
            }
        }
    }

    private static void ValidateEnd(Job next, Job old, List<FieldError> errors)
    {
        var (complete, failed) = (Is(next.Status, JobConditionType.Complete), Is(next.Status, JobConditionType.Failed));
        var (target, met) = (Is(next.Status, JobConditionType.FailureTarget),
            Is(next.Status, JobConditionType.SuccessCriteriaMet));
        var changed = next.Status.Conditions != old.Status.Conditions;
        Refuse(changed && complete && failed, "cannot set Complete=True and Failed=true conditions");
        Refuse(changed && complete && target, "cannot set Complete=True and FailureTarget=true conditions");
        Refuse(changed && failed && !target,
            "cannot set Failed=True condition without the FailureTarget=true condition");
        Refuse(changed && complete && !met,
            "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        Refuse(met && failed, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
        Refuse(met && target, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
        Refuse(next.Spec.SuccessPolicy is not null && complete && !met,
            "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
        if (!complete && !failed)
        {
            return;
        }

        var (status, before) = (next.Status, old.Status);
        var finishes = !IsFinished(before);
        if (status.Active > 0 && (finishes || status.Active != before.Active))
        {
            errors.Invalid(Path.Child("active"), status.Active, "active>0 is invalid for finished job");
        }

        if (status.Terminating > 0 && (finishes || status.Terminating != before.Terminating))
        {
            errors.Invalid(
                Path.Child("terminating"), status.Terminating, "terminating>0 is invalid for finished job");
        }

        if (status.UncountedTerminatedPods is { } uncounted && uncounted != UncountedTerminatedPods.Empty
            && (finishes || uncounted != before.UncountedTerminatedPods))
        {
            errors.Invalid(Path.Child("uncountedTerminatedPods"), Shown.Of(uncounted),
                "uncountedTerminatedPods needs to be empty for finished job");
        }

        void Refuse(bool when, string why)
        {
            if (when)
            {
                errors.Invalid(Path.Child("conditions"), Omitted, why);
            }
        }
    }

    private static void ValidateTimes(Job next, Job old, List<FieldError> errors)
    {
        var (status, before) = (next.Status, old.Status);
        var (start, end) = (status.StartTime, status.CompletionTime);
        var (started, ended) = (Path.Child("startTime"), Path.Child("completionTime"));
        var complete = Is(status, JobConditionType.Complete);
        if (complete != Is(before, JobConditionType.Complete) || end != before.CompletionTime)
        {
            if (end is not null && !complete)
            {
                errors.Invalid(ended, end, "cannot set completionTime when there is no Complete=True condition");
            }
            else if (end is null && complete)
            {
                errors.Required(ended, "completionTime is required for Complete jobs");
            }
        }

        if (end < start && (end != before.CompletionTime || start != before.StartTime))
        {
            errors.Invalid(ended, end, "completionTime cannot be set before startTime");
        }

        if (start is null && IsFinished(status) && (!IsFinished(before) || before.StartTime is not null)
            && next.Spec is not { Suspend: true, Completions: 0 })
        {
            errors.Required(started, "startTime is required for finished job");
        }

        if (end is not null && before.CompletionTime is { } was && was != end)
        {
            errors.Invalid(ended, end, "completionTime cannot be mutated");
        }

        if (before.StartTime is not null && before.StartTime != start && next.Spec.Suspend is not true)
        {
            errors.Required(started, "startTime cannot be removed for unsuspended job");
        }
    }

    private static void ValidateIndexes(Job next, Job old, List<FieldError> errors)
    {
        var (status, spec) = (next.Status, next.Spec);
        var (completed, failed) = (Path.Child("completedIndexes"), Path.Child("failedIndexes"));
        var (completedChanged, failedChanged) = (status.CompletedIndexes != old.Status.CompletedIndexes,
            status.FailedIndexes != old.Status.FailedIndexes);
        if (completedChanged && spec.Completions is { } completions
            && JobIndexes.Problem(status.CompletedIndexes, completions, out _) is { } problem)
        {
            errors.Invalid(completed, status.CompletedIndexes, $"error parsing completedIndexes: {problem}");
        }

        if (completedChanged && status.CompletedIndexes.Length > 0 && spec.CompletionMode != CompletionMode.Indexed)
        {
            errors.Invalid(completed, status.CompletedIndexes,
                "cannot set non-empty completedIndexes when non-indexed completion mode");
        }

        if (status.FailedIndexes is not { } text)
        {
            return;
        }

        if (failedChanged && spec.BackoffLimitPerIndex is null)
        {
            errors.Invalid(failed, text, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        else if (failedChanged && spec.Completions is { } count
            && JobIndexes.Problem(text, count, out _) is { } wrong)
        {
            errors.Invalid(failed, text, $"error parsing failedIndexes: {wrong}");
        }

        if ((failedChanged || completedChanged) && spec.Completions is { } all
            && JobIndexes.FirstOfBoth(status.CompletedIndexes, text, all) is { } both)
        {
            errors.Invalid(failed, text, $"failedIndexes and completedIndexes overlap at index: {both}");
        }
    }

    private static void ValidateCounts(Job next, Job old, List<FieldError> errors)
    {
        var (status, before) = (next.Status, old.Status);
        if (status.Ready > status.Active && (status.Ready != before.Ready || status.Active != before.Active))
        {
            errors.Invalid(Path.Child("ready"), status.Ready, "cannot set more ready pods than active");
        }

        if (status.Failed < before.Failed)
        {
            errors.Invalid(Path.Child("failed"), status.Failed, "cannot decrease the failed counter");
        }

        // A job whose completions follow its parallelism may shrink, and what it had completed beyond is forgotten.
        var elastic = next.Spec.Completions is not null && next.Spec.Completions == next.Spec.Parallelism;
        if (status.Succeeded < before.Succeeded && !elastic)
        {
            errors.Invalid(Path.Child("succeeded"), status.Succeeded, "cannot decrease the succeeded counter");
        }
    }

    private static void ValidateTransitions(JobStatus next, JobStatus old, List<FieldError> errors)
    {
        foreach (var type in (string[])
            [JobConditionType.Failed, JobConditionType.Complete, JobConditionType.FailureTarget])
        {
            if (Is(old, type) && !Is(next, type))
            {
                errors.Invalid(
                    Path.Child("conditions"), Omitted, $"cannot disable the terminal {type}=True condition");
            }
        }

        if (Is(old, JobConditionType.SuccessCriteriaMet) && !Is(next, JobConditionType.SuccessCriteriaMet))
        {
            errors.Invalid(
                Path.Child("conditions"), Omitted, "cannot disable the SuccessCriteriaMet=True condition");
        }
    }

    private static bool IsFinished(JobStatus status) =>
        Is(status, JobConditionType.Complete) || Is(status, JobConditionType.Failed);

    private static bool Is(JobStatus status, string type) => status.Conditions.Any(
        condition => condition.Type == type && condition.Status == ConditionStatus.True);
}
