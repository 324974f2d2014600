using Netes.Api.Core;

namespace Netes.Api.Batch;

/// <summary>Source: ValidateJob of pkg/apis/batch/validation/validation.go.</summary>
internal static class JobValidation
{
    private const int MaxParallelismIndexed = 100_000;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static List<FieldError> Validate(Job job)
    {
        List<FieldError> errors = [];
        ValidateSpec(job.Spec, Spec, errors);
        if (job.Spec.Selector is not { } selector)
        {
            errors.Required(Spec.Child("selector"));
            return errors;
        }

        SelectorRules.Validate(selector, Spec.Child("selector"), errors);
        if (!SelectorRules.Matches(selector, job.Spec.Template.Metadata.Labels))
        {
            errors.Invalid(Spec.Child("template").Child("metadata").Child("labels"),
                Shown.Map(job.Spec.Template.Metadata.Labels), "`selector` does not match template `labels`");
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(Job next, Job old)
    {
        var errors = Validate(next);
        var elastic = next.Spec.CompletionMode == CompletionMode.Indexed
            && next.Spec.Completions == next.Spec.Parallelism;
        if (!elastic)
        {
            errors.ImmutableValue(Spec.Child("completions"), next.Spec.Completions, old.Spec.Completions);
        }

        errors.Immutable(Spec.Child("selector"), next.Spec.Selector, old.Spec.Selector);
        errors.Immutable(Spec.Child("template"), WithoutScheduling(next.Spec.Template, old), old.Spec.Template);
        errors.Immutable(Spec.Child("completionMode"), next.Spec.CompletionMode ?? "", old.Spec.CompletionMode ?? "");
        errors.Immutable(Spec.Child("podFailurePolicy"), next.Spec.PodFailurePolicy, old.Spec.PodFailurePolicy);
        errors.ImmutableValue(
            Spec.Child("backoffLimitPerIndex"), next.Spec.BackoffLimitPerIndex, old.Spec.BackoffLimitPerIndex);
        errors.Immutable(Spec.Child("managedBy"), next.Spec.ManagedBy ?? "", old.Spec.ManagedBy ?? "");
        errors.Immutable(Spec.Child("successPolicy"), next.Spec.SuccessPolicy, old.Spec.SuccessPolicy);
        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(Job next, Job old)
    {
        List<FieldError> errors = [];
        var (status, path) = (next.Status, FieldPath.Of("status"));
        errors.NotNegative(path.Child("active"), status.Active);
        errors.NotNegative(path.Child("succeeded"), status.Succeeded);
        errors.NotNegative(path.Child("failed"), status.Failed);
        errors.NotNegative(path.Child("ready"), status.Ready);
        errors.NotNegative(path.Child("terminating"), status.Terminating);
        return errors;
    }

    /// <summary>What holds for a job and for the job of a cron job alike.</summary>
    public static void ValidateSpec(JobSpec spec, FieldPath path, List<FieldError> errors)
    {
        foreach (var (field, value) in ((string, long?)[])
        [
            ("parallelism", spec.Parallelism), ("completions", spec.Completions),
            ("activeDeadlineSeconds", spec.ActiveDeadlineSeconds), ("backoffLimit", spec.BackoffLimit),
            ("ttlSecondsAfterFinished", spec.TTLSecondsAfterFinished),
            ("backoffLimitPerIndex", spec.BackoffLimitPerIndex), ("maxFailedIndexes", spec.MaxFailedIndexes),
        ])
        {
            errors.NotNegative(path.Child(field), value);
        }

        ValidateMode(spec, path, errors);
        var template = path.Child("template");
        PodTemplateValidation.Validate(spec.Template, template, errors);
        var restart = template.Child("spec").Child("restartPolicy");
        if (spec.Template.Spec.RestartPolicy is "" or RestartPolicy.Always)
        {
            errors.Required(restart, "valid values: \"OnFailure\", \"Never\"");
        }
        else
        {
            errors.OneOf(restart, spec.Template.Spec.RestartPolicy, RestartPolicy.OnFailure, RestartPolicy.Never);
        }

        JobPolicyValidation.Validate(spec, path, errors);
    }

    private static void ValidateMode(JobSpec spec, FieldPath path, List<FieldError> errors)
    {
        if (spec.CompletionMode is { } mode)
        {
            errors.OneOf(path.Child("completionMode"), mode, CompletionMode.NonIndexed, CompletionMode.Indexed);
        }

        if (spec.CompletionMode == CompletionMode.Indexed)
        {
            if (spec.Completions is null)
            {
                errors.Required(path.Child("completions"), "when completion mode is Indexed");
            }

            if (spec is { Parallelism: > MaxParallelismIndexed })
            {
                errors.Invalid(path.Child("parallelism"), spec.Parallelism,
                    "must be less than or equal to 100000 when completion mode is Indexed");
            }

            return;
        }

        if (spec.BackoffLimitPerIndex is { } limit)
        {
            errors.Invalid(path.Child("backoffLimitPerIndex"), limit, "requires indexed completion mode");
        }

        if (spec is { MaxFailedIndexes: not null, BackoffLimitPerIndex: null })
        {
            errors.Required(path.Child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
    }

    // A suspended job whose pods never ran may still be steered to other nodes.
    private static PodTemplateSpec WithoutScheduling(PodTemplateSpec next, Job old)
    {
        if (old.Spec.Suspend is not true || old.Status.StartTime is not null)
        {
            return next;
        }

        var before = old.Spec.Template;
        return next with
        {
            Metadata = next.Metadata with { Labels = before.Metadata.Labels,
                Annotations = before.Metadata.Annotations },
            Spec = next.Spec with
            {
                Affinity = next.Spec.Affinity is { } affinity && before.Spec.Affinity is { } own
                    ? affinity with { NodeAffinity = own.NodeAffinity }
                    : before.Spec.Affinity,
                NodeSelector = before.Spec.NodeSelector,
                Tolerations = before.Spec.Tolerations,
                SchedulingGates = before.Spec.SchedulingGates,
            },
        };
    }
}
