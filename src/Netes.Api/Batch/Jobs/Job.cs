using Netes.Api.Meta;

namespace Netes.Api.Batch;

/// <summary>Runs pods until enough of them have succeeded.</summary>
[ApiType("io.k8s.api.batch.v1.Job")]
[ApiKind("batch", "v1", "Job")]
public sealed partial record Job : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial JobSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial JobStatus Status { get; init; }
}

/// <summary>A list of objects of kind Job.</summary>
[ApiType("io.k8s.api.batch.v1.JobList")]
[ApiKind("batch", "v1", "JobList")]
public sealed partial record JobList : IKubernetesList<Job>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Job> Items { get; init; }
}

/// <summary>How far a job has come.</summary>
[ApiType("io.k8s.api.batch.v1.JobStatus")]
public sealed partial record JobStatus
{
    /// <summary>Aspects of the state, such as Complete and Failed.</summary>
    [Field(1, "conditions", OmitEmpty = true, ListType = "atomic", PatchStrategy = "merge", PatchMergeKey = "type")]
    public partial ValueList<JobCondition> Conditions { get; init; }

    /// <summary>When the job was started.</summary>
    [Field(2, "startTime", OmitEmpty = true)]
    public partial Timestamp? StartTime { get; init; }

    /// <summary>When the job was completed.</summary>
    [Field(3, "completionTime", OmitEmpty = true)]
    public partial Timestamp? CompletionTime { get; init; }

    /// <summary>How many pods run.</summary>
    [Field(4, "active", OmitEmpty = true)]
    public partial int Active { get; init; }

    /// <summary>How many pods have succeeded.</summary>
    [Field(5, "succeeded", OmitEmpty = true)]
    public partial int Succeeded { get; init; }

    /// <summary>How many pods have failed.</summary>
    [Field(6, "failed", OmitEmpty = true)]
    public partial int Failed { get; init; }

    /// <summary>How many pods are being deleted.</summary>
    [Field(11, "terminating", OmitEmpty = true)]
    public partial int? Terminating { get; init; }

    /// <summary>The indexes that are done.</summary>
    [Field(7, "completedIndexes", OmitEmpty = true)]
    public partial string CompletedIndexes { get; init; }

    /// <summary>The indexes that have failed.</summary>
    [Field(10, "failedIndexes", OmitEmpty = true)]
    public partial string? FailedIndexes { get; init; }

    /// <summary>Ended pods that are not counted yet.</summary>
    [Field(8, "uncountedTerminatedPods", OmitEmpty = true)]
    public partial UncountedTerminatedPods? UncountedTerminatedPods { get; init; }

    /// <summary>How many pods are ready.</summary>
    [Field(9, "ready", OmitEmpty = true)]
    public partial int? Ready { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.batch.v1.JobCondition")]
public sealed partial record JobCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(JobConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the condition was last checked.</summary>
    [Field(3, "lastProbeTime")]
    public partial Timestamp? LastProbeTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
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
