using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Batch;

/// <summary>Makes jobs at the times of a schedule.</summary>
[ApiType("io.k8s.api.batch.v1.CronJob")]
[ApiKind("batch", "v1", "CronJob")]
public sealed partial record CronJob : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true, Required = true)]
    public partial CronJobSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial CronJobStatus Status { get; init; }
}

/// <summary>A list of objects of kind CronJob.</summary>
[ApiType("io.k8s.api.batch.v1.CronJobList")]
[ApiKind("batch", "v1", "CronJobList")]
public sealed partial record CronJobList : IKubernetesList<CronJob>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<CronJob> Items { get; init; }
}

/// <summary>When to make which jobs.</summary>
[ApiType("io.k8s.api.batch.v1.CronJobSpec")]
public sealed partial record CronJobSpec
{
    /// <summary>Minute, hour, day, month and weekday, as cron writes them.</summary>
    [Field(1, "schedule", Required = true)]
    public partial string Schedule { get; init; }

    /// <summary>The time zone of the schedule.</summary>
    [Field(8, "timeZone", OmitEmpty = true)]
    public partial string? TimeZone { get; init; }

    /// <summary>Seconds a job may be late.</summary>
    [Field(2, "startingDeadlineSeconds", OmitEmpty = true)]
    public partial long? StartingDeadlineSeconds { get; init; }

    /// <summary>Allow, Forbid or Replace a job that still runs.</summary>
    [Field(3, "concurrencyPolicy", OmitEmpty = true, EnumOf = typeof(ConcurrencyPolicy))]
    public partial string ConcurrencyPolicy { get; init; }

    /// <summary>True makes no more jobs.</summary>
    [Field(4, "suspend", OmitEmpty = true)]
    public partial bool? Suspend { get; init; }

    /// <summary>The jobs it makes.</summary>
    [Field(5, "jobTemplate", Required = true)]
    public partial JobTemplateSpec JobTemplate { get; init; }

    /// <summary>How many succeeded jobs are kept.</summary>
    [Field(6, "successfulJobsHistoryLimit", OmitEmpty = true)]
    public partial int? SuccessfulJobsHistoryLimit { get; init; }

    /// <summary>How many failed jobs are kept.</summary>
    [Field(7, "failedJobsHistoryLimit", OmitEmpty = true)]
    public partial int? FailedJobsHistoryLimit { get; init; }
}

/// <summary>What a cron job has done.</summary>
[ApiType("io.k8s.api.batch.v1.CronJobStatus")]
public sealed partial record CronJobStatus
{
    /// <summary>The jobs that run.</summary>
    [Field(1, "active", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ObjectReference> Active { get; init; }

    /// <summary>When a job was last made.</summary>
    [Field(4, "lastScheduleTime", OmitEmpty = true)]
    public partial Timestamp? LastScheduleTime { get; init; }

    /// <summary>When a job last succeeded.</summary>
    [Field(5, "lastSuccessfulTime", OmitEmpty = true)]
    public partial Timestamp? LastSuccessfulTime { get; init; }
}

/// <summary>The values of <c>ConcurrencyPolicy</c>.</summary>
public static class ConcurrencyPolicy
{
    public const string Allow = "Allow";
    public const string Forbid = "Forbid";
    public const string Replace = "Replace";
}

[ApiType("io.k8s.api.batch.v1.JobTemplateSpec")]
public sealed partial record JobTemplateSpec
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial JobSpec Spec { get; init; }
}
