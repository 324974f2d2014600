using System.Globalization;
using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// The pods of jobs: their names, marks and states. Source: pkg/controller/job/{job_controller,indexed_job_utils}.go.
/// </summary>
internal static class JobPods
{
    /// <summary>Keeps an ended pod until it was counted.</summary>
    public const string Finalizer = "batch.kubernetes.io/job-tracking";

    /// <summary>The index of a pod that has none.</summary>
    public const int NoIndex = -1;

    private const string Index = "batch.kubernetes.io/job-completion-index";
    private const string FailureCount = "batch.kubernetes.io/job-index-failure-count";
    private const string IgnoredFailureCount = "batch.kubernetes.io/job-index-ignored-failure-count";
    private const string IndexVariable = "JOB_COMPLETION_INDEX";

    // A generated name is a label of DNS: 63 characters, five of them random.
    private const int MaxPrefixLength = 58;

    public static Patch Untrack(Pod pod) => Json.Strategic(json => json.Object("metadata", metadata =>
    {
        metadata.WriteString("uid", pod.Metadata.Uid);
        metadata.Array("$deleteFromPrimitiveList/finalizers", gone => gone.WriteStringValue(Finalizer));
    }));

    public static bool IsTracked(Pod pod) => pod.Metadata.Finalizers.Contains(Finalizer);

    public static bool IsIndexed(Job job) => job.Spec.CompletionMode == CompletionMode.Indexed;

    public static bool IsSuspended(Job job) => job.Spec.Suspend is true;

    /// <summary>Null: the job goes on.</summary>
    public static JobCondition? Finished(Job job) =>
        Condition(job.Status, JobConditionType.Complete) ?? Condition(job.Status, JobConditionType.Failed);

    /// <summary>The condition, when it is true.</summary>
    public static JobCondition? Condition(JobStatus status, string type) => status.Conditions.FirstOrDefault(
        condition => condition.Type == type && condition.Status == ConditionStatus.True);

    /// <summary>Another pod is made only when one has failed, not when it is merely being deleted.</summary>
    public static bool ReplacesFailedOnly(Job job) =>
        job.Spec.PodReplacementPolicy == PodReplacementPolicy.Failed || job.Spec.PodFailurePolicy is not null;

    /// <summary>Pods that are deleted count as failed, as orphans never come to a phase of their own.</summary>
    public static bool IsFailed(Pod pod, Job job) =>
        pod.Status.Phase == PodPhase.Failed
        || (!ReplacesFailedOnly(job) && pod.Metadata.DeletionTimestamp is not null
            && pod.Status.Phase != PodPhase.Succeeded);

    public static int IndexOf(Pod pod) => Number(pod, Index) ?? NoIndex;

    /// <summary>How often pods of this one's index failed before it.</summary>
    public static int FailuresBefore(Pod pod) => Number(pod, FailureCount) ?? 0;

    /// <summary>The same, with the failures that a policy ignores.</summary>
    public static int AllFailuresBefore(Pod pod) => FailuresBefore(pod) + (Number(pod, IgnoredFailureCount) ?? 0);

    /// <summary>A pod of the job; of its index, in the place of a failed one.</summary>
    public static Pod New(Job job, int index, Pod? replaced)
    {
        var pod = PodControl.FromTemplate(job.Spec.Template, job);
        var metadata = pod.Metadata;
        if (!metadata.Finalizers.Contains(Finalizer))
        {
            metadata = metadata with { Finalizers = metadata.Finalizers.Add(Finalizer) };
        }

        if (index == NoIndex)
        {
            return pod with { Metadata = metadata };
        }

        var number = index.ToString(CultureInfo.InvariantCulture);
        var annotations = metadata.Annotations.Set(Index, number);
        return pod with
        {
            Metadata = metadata with
            {
                GenerateName = Prefix(job.Metadata.Name, $"-{number}-"),
                Labels = metadata.Labels.Set(Index, number),
                Annotations = job.Spec.BackoffLimitPerIndex is null ? annotations
                    : WithFailures(annotations, job, replaced),
            },
            Spec = pod.Spec with
            {
                Hostname = $"{job.Metadata.Name}-{number}",
                InitContainers = pod.Spec.InitContainers.Map(WithIndex),
                Containers = pod.Spec.Containers.Map(WithIndex),
            },
        };
    }

    private static ValueMap<string> WithFailures(ValueMap<string> annotations, Job job, Pod? replaced)
    {
        var (failures, ignored) = (0, 0);
        if (replaced is not null)
        {
            var counts = PodFailure.Judge(job.Spec.PodFailurePolicy, replaced).Counts;
            failures = FailuresBefore(replaced) + (counts ? 1 : 0);
            ignored = AllFailuresBefore(replaced) - FailuresBefore(replaced) + (counts ? 0 : 1);
        }

        annotations = annotations.Set(FailureCount, failures.ToString(CultureInfo.InvariantCulture));
        return ignored == 0
            ? annotations
            : annotations.Set(IgnoredFailureCount, ignored.ToString(CultureInfo.InvariantCulture));
    }

    private static Container WithIndex(Container container) =>
        container.Env.Any(variable => variable.Name == IndexVariable) ? container : container with
        {
            Env = container.Env.Add(new EnvVar
            {
                Name = IndexVariable,
                ValueFrom = new() { FieldRef = new() { FieldPath = $"metadata.labels['{Index}']" } },
            }),
        };

    private static string Prefix(string job, string suffix) =>
        job[..Math.Min(job.Length, MaxPrefixLength - suffix.Length)] + suffix;

    private static int? Number(Pod pod, string annotation) => int.TryParse(
        pod.Metadata.Annotations.Get(annotation, ""), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : null;
}
