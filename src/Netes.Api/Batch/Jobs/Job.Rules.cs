using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Batch;

/// <summary>Source: pkg/apis/batch/v1/defaults.go, pkg/registry/batch/job/strategy.go.</summary>
internal static class JobRules
{
    public const string UidLabel = "batch.kubernetes.io/controller-uid";
    public const string NameLabel = "batch.kubernetes.io/job-name";
    public const string OldUidLabel = "controller-uid";
    public const string OldNameLabel = "job-name";

    public static ValueList<SelectableField<Job>> Fields { get; } =
        [new("status.successful", static job => FormattableString.Invariant($"{job.Status.Succeeded}"))];

    public static Job Default(Job job)
    {
        var spec = job.Spec;
        var unset = spec is { Completions: null, Parallelism: null };
        spec = spec with
        {
            Completions = unset ? 1 : spec.Completions,
            Parallelism = spec.Parallelism ?? 1,
            BackoffLimit = spec.BackoffLimit ?? (spec.BackoffLimitPerIndex is null ? 6 : int.MaxValue),
            CompletionMode = spec.CompletionMode ?? CompletionMode.NonIndexed,
            Suspend = spec.Suspend ?? false,
            ManualSelector = spec.ManualSelector ?? false,
            PodReplacementPolicy = spec.PodReplacementPolicy ?? (spec.PodFailurePolicy is null
                ? PodReplacementPolicy.TerminatingOrFailed
                : PodReplacementPolicy.Failed),
            Template = PodSpecDefaults.Apply(spec.Template),
            PodFailurePolicy = spec.PodFailurePolicy is { } policy ? Default(policy) : null,
        };
        return job with
        {
            Metadata = job.Metadata.Labels.IsEmpty
                ? job.Metadata with { Labels = spec.Template.Metadata.Labels }
                : job.Metadata,
            Spec = spec,
        };
    }

    /// <summary>Pods may be named like it, as their hosts are. Source: strategy.go, WarningsOnCreate.</summary>
    public static IEnumerable<string> Warnings(Job job)
    {
        if (Names.Dns1123Label(job.Metadata.Name) is { Count: > 0 } problems)
        {
            yield return "metadata.name: this is used in Pod names and hostnames, which can result in surprising "
                + $"behavior; a DNS label is recommended: [{string.Join(' ', problems)}]";
        }

        foreach (var warning in PodWarnings.Of(job.Spec.Template))
        {
            yield return warning;
        }
    }

    /// <summary>The selector of a job is its own uid, which the server gave before this is called.</summary>
    public static Job PrepareCreate(Job job)
    {
        job = job with { Status = JobStatus.Empty };
        if (job.Spec.ManualSelector is true || job.Metadata.Uid.Length == 0)
        {
            return job;
        }

        var labels = job.Spec.Template.Metadata.Labels;
        foreach (var (key, value) in ((string, string)[])
        [
            (NameLabel, job.Metadata.Name), (OldNameLabel, job.Metadata.Name),
            (UidLabel, job.Metadata.Uid), (OldUidLabel, job.Metadata.Uid),
        ])
        {
            labels = labels.ContainsKey(key) ? labels : labels.Set(key, value);
        }

        var selector = job.Spec.Selector ?? LabelSelector.Empty;
        return job with
        {
            Spec = job.Spec with
            {
                Selector = selector.MatchLabels.ContainsKey(UidLabel) ? selector : selector with
                {
                    MatchLabels = selector.MatchLabels.Set(UidLabel, job.Metadata.Uid),
                },
                Template = job.Spec.Template with
                {
                    Metadata = job.Spec.Template.Metadata with { Labels = labels },
                },
            },
        };
    }

    private static PodFailurePolicy Default(PodFailurePolicy policy) => policy with
    {
        Rules = policy.Rules.Map(static rule => rule with
        {
            OnPodConditions = rule.OnPodConditions.Map(static pattern =>
                pattern.Status.Length == 0 ? pattern with { Status = Core.ConditionStatus.True } : pattern),
        }),
    };
}
