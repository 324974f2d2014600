using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.Job")]
[ApiKind("batch", "v1", "Job")]
public sealed partial record Job : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial JobSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial JobStatus Status { get; init; }
}

[ApiType("io.k8s.api.batch.v1.JobList")]
[ApiKind("batch", "v1", "JobList")]
public sealed partial record JobList : IKubernetesList<Job>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<Job> Items { get; init; }
}

[ApiType("io.k8s.api.batch.v1.JobStatus")]
public sealed partial record JobStatus
{
    [Field(1, "conditions", OmitEmpty = true, ListType = "atomic", PatchStrategy = "merge", PatchMergeKey = "type")]
    public partial ValueList<JobCondition> Conditions { get; init; }

    [Field(2, "startTime", OmitEmpty = true)]
    public partial Timestamp? StartTime { get; init; }

    [Field(3, "completionTime", OmitEmpty = true)]
    public partial Timestamp? CompletionTime { get; init; }

    [Field(4, "active", OmitEmpty = true)]
    public partial int Active { get; init; }

    [Field(5, "succeeded", OmitEmpty = true)]
    public partial int Succeeded { get; init; }

    [Field(6, "failed", OmitEmpty = true)]
    public partial int Failed { get; init; }

    [Field(11, "terminating", OmitEmpty = true)]
    public partial int? Terminating { get; init; }

    [Field(7, "completedIndexes", OmitEmpty = true)]
    public partial string CompletedIndexes { get; init; }

    [Field(10, "failedIndexes", OmitEmpty = true)]
    public partial string? FailedIndexes { get; init; }

    [Field(8, "uncountedTerminatedPods", OmitEmpty = true)]
    public partial UncountedTerminatedPods? UncountedTerminatedPods { get; init; }

    [Field(9, "ready", OmitEmpty = true)]
    public partial int? Ready { get; init; }
}

[ApiType("io.k8s.api.batch.v1.JobCondition")]
public sealed partial record JobCondition
{
    [Field(1, "type", Required = true, EnumOf = typeof(JobConditionType))]
    public partial string Type { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    [Field(3, "lastProbeTime")]
    public partial Timestamp? LastProbeTime { get; init; }

    [Field(4, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    [Field(5, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(6, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}

/// <summary>The values of <c>JobConditionType</c>.</summary>
public static class JobConditionType
{
    public const string Complete = "Complete";
    public const string Failed = "Failed";
    public const string FailureTarget = "FailureTarget";
    public const string SuccessCriteriaMet = "SuccessCriteriaMet";
    public const string Suspended = "Suspended";
}

[ApiType("io.k8s.api.batch.v1.UncountedTerminatedPods")]
public sealed partial record UncountedTerminatedPods
{
    [Field(1, "succeeded", OmitEmpty = true, ListType = "set")]
    public partial ValueList<string> Succeeded { get; init; }

    [Field(2, "failed", OmitEmpty = true, ListType = "set")]
    public partial ValueList<string> Failed { get; init; }
}
