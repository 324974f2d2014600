using Netes.Api.Core;

namespace Netes.Api.Batch;

/// <summary>Source: ValidateJob and ValidateJobUpdate of pkg/apis/batch/validation/validation.go.</summary>
internal static class JobValidation
{
    private const int MaxIndexed = 100_000;
    private const int MaxOfManyIndexes = 10_000;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    /// <summary>A new job.</summary>
    public static List<FieldError> Validate(Job job)
    {
        List<FieldError> errors = [];
        ValidateGenerated(job, errors);
        errors.AddRange(ValidateAny(job));
        if (job.Spec is { CompletionMode: CompletionMode.Indexed, Completions: > 0 and var completions }
            && FormattableString.Invariant($"{job.Metadata.Name}-{completions - 1}") is var host
            && !Names.IsDns1123Label(host))
        {
            errors.Invalid(FieldPath.Of("metadata").Child("name"), job.Metadata.Name,
                $"will not able to create pod with invalid DNS label: {host}");
        }

        return errors;
    }

    private static List<FieldError> ValidateAny(Job job)
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
        var errors = ValidateAny(next);
        if (next.Spec.CompletionMode != CompletionMode.Indexed)
        {
            errors.ImmutableValue(Spec.Child("completions"), next.Spec.Completions, old.Spec.Completions);
        }
        else if (next.Spec.Completions is { } completions && completions != old.Spec.Completions
            && completions != next.Spec.Parallelism)
        {
            errors.Invalid(
                Spec.Child("completions"), completions, "can only be modified in tandem with spec.parallelism");
        }

        errors.Immutable(Spec.Child("selector"), next.Spec.Selector, old.Spec.Selector);
        errors.Immutable(Spec.Child("template"), WithoutMutable(next.Spec.Template, old), old.Spec.Template);
        errors.Immutable(Spec.Child("completionMode"), next.Spec.CompletionMode ?? "", old.Spec.CompletionMode ?? "");
        errors.Immutable(Spec.Child("podFailurePolicy"), next.Spec.PodFailurePolicy, old.Spec.PodFailurePolicy);
        errors.ImmutableValue(
            Spec.Child("backoffLimitPerIndex"), next.Spec.BackoffLimitPerIndex, old.Spec.BackoffLimitPerIndex);
        errors.Immutable(Spec.Child("managedBy"), next.Spec.ManagedBy ?? "", old.Spec.ManagedBy ?? "");
        errors.Immutable(Spec.Child("successPolicy"), next.Spec.SuccessPolicy, old.Spec.SuccessPolicy);
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

    /// <summary>A generated selector, and the labels it needs, are the job's own.</summary>
    private static void ValidateGenerated(Job job, List<FieldError> errors)
    {
        if (job.Spec.ManualSelector is true || job.Spec.Selector is not { } selector)
        {
            return;
        }

        if (job.Metadata.Uid.Length == 0)
        {
            errors.Required(FieldPath.Of("metadata").Child("uid"));
        }

        var labels = Spec.Child("template").Child("metadata").Child("labels");
        var (uid, name) = (job.Metadata.Uid, job.Metadata.Name);
        (string Key, string Value)[] expected =
        [
            (JobRules.OldUidLabel, uid), (JobRules.OldNameLabel, name), (JobRules.UidLabel, uid),
            (JobRules.NameLabel, name),
        ];
        foreach (var (key, value) in expected)
        {
            if (!job.Spec.Template.Metadata.Labels.TryGetValue(key, out var actual))
            {
                errors.Required(labels.Key(key), $"must be '{value}'");
            }
            else if (actual != value)
            {
                errors.Invalid(labels.Key(key), Shown.Map(job.Spec.Template.Metadata.Labels), $"must be '{value}'");
            }
        }

        if (!SelectorRules.Matches(selector, ValueMap.Of(expected)))
        {
            errors.Invalid(Spec.Child("selector"), Shown.Of(selector), "`selector` not auto-generated");
        }
    }

    private static void ValidateMode(JobSpec spec, FieldPath path, List<FieldError> errors)
    {
        var (maxFailed, limit) = (path.Child("maxFailedIndexes"), path.Child("backoffLimitPerIndex"));
        if (spec is { MaxFailedIndexes: not null, BackoffLimitPerIndex: null })
        {
            errors.Required(limit, "when maxFailedIndexes is specified");
        }

        if (spec.CompletionMode is { } mode)
        {
            errors.OneOf(path.Child("completionMode"), mode, CompletionMode.NonIndexed, CompletionMode.Indexed);
        }

        if (spec.CompletionMode == CompletionMode.Indexed)
        {
            ValidateIndexed(spec, path, errors);
        }
        else if (spec.CompletionMode is null or CompletionMode.NonIndexed)
        {
            if (spec.BackoffLimitPerIndex is { } perIndex)
            {
                errors.Invalid(limit, perIndex, "requires indexed completion mode");
            }

            if (spec.MaxFailedIndexes is { } failed)
            {
                errors.Invalid(maxFailed, failed, "requires indexed completion mode");
            }
        }
    }

    private static void ValidateIndexed(JobSpec spec, FieldPath path, List<FieldError> errors)
    {
        var (parallelism, maxFailed) = (path.Child("parallelism"), path.Child("maxFailedIndexes"));
        if (spec.Completions is null)
        {
            errors.Required(path.Child("completions"), "when completion mode is Indexed");
        }

        if (spec.Parallelism > MaxIndexed)
        {
            errors.Invalid(parallelism, spec.Parallelism,
                "must be less than or equal to 100000 when completion mode is Indexed");
        }

        if (spec.MaxFailedIndexes > spec.Completions)
        {
            errors.Invalid(maxFailed, spec.MaxFailedIndexes, "must be less than or equal to completions");
        }

        if (spec.MaxFailedIndexes > MaxIndexed)
        {
            errors.Invalid(maxFailed, spec.MaxFailedIndexes, "must be less than or equal to 100000");
        }

        if (spec.BackoffLimitPerIndex is null || spec.Completions is null or <= MaxIndexed)
        {
            return;
        }

        // The status of so many indexes has to fit into an object.
        const string ofMany = "must be less than or equal to 10000 when completions are above 100000 and used with "
            + "backoff limit per index";
        if (spec.MaxFailedIndexes is null)
        {
            errors.Required(maxFailed, "must be specified when completions is above 100000");
        }

        if (spec.Parallelism > MaxOfManyIndexes)
        {
            errors.Invalid(parallelism, spec.Parallelism, ofMany);
        }

        if (spec.MaxFailedIndexes > MaxOfManyIndexes)
        {
            errors.Invalid(maxFailed, spec.MaxFailedIndexes, ofMany);
        }
    }

    /// <summary>
    /// A suspended job without pods may be steered to other nodes and given other resources (KEP-5440).
    /// </summary>
    private static PodTemplateSpec WithoutMutable(PodTemplateSpec next, Job old)
    {
        if (old.Spec.Suspend is not true || old.Status.Active > 0
            || (old.Status.StartTime is not null && !old.Status.Conditions.Any(static condition =>
                condition is { Type: JobConditionType.Suspended, Status: Core.ConditionStatus.True })))
        {
            return next;
        }

        var before = old.Spec.Template;
        return next with
        {
            Metadata = next.Metadata with
            {
                Labels = before.Metadata.Labels, Annotations = before.Metadata.Annotations,
            },
            Spec = next.Spec with
            {
                Affinity = SteersNodesOnly(next.Spec.Affinity, before.Spec.Affinity)
                    ? before.Spec.Affinity : next.Spec.Affinity,
                NodeSelector = before.Spec.NodeSelector,
                Tolerations = before.Spec.Tolerations,
                SchedulingGates = before.Spec.SchedulingGates,
                Containers = WithResources(next.Spec.Containers, before.Spec.Containers),
                InitContainers = WithResources(next.Spec.InitContainers, before.Spec.InitContainers),
            },
        };
    }

    /// <summary>But for the node affinity both are the same.</summary>
    private static bool SteersNodesOnly(Affinity? next, Affinity? before) =>
        (next ?? Affinity.Empty) with { NodeAffinity = null }
            == (before ?? Affinity.Empty) with { NodeAffinity = null };

    private static ValueList<Container> WithResources(ValueList<Container> next, ValueList<Container> before) =>
        next.Count != before.Count
            ? next
            : next.Index().Select(pair => pair.Item with { Resources = before[pair.Index].Resources }).ToValueList();
}
