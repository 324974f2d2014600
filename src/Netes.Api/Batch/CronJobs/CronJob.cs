using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.CronJob")]
[ApiKind("batch", "v1", "CronJob")]
public sealed partial record CronJob : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true, Required = true)]
    public partial CronJobSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial CronJobStatus Status { get; init; }
}

[ApiType("io.k8s.api.batch.v1.CronJobList")]
[ApiKind("batch", "v1", "CronJobList")]
public sealed partial record CronJobList : IKubernetesList<CronJob>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<CronJob> Items { get; init; }
}

[ApiType("io.k8s.api.batch.v1.CronJobSpec")]
public sealed partial record CronJobSpec
{
    [Field(1, "schedule", Required = true)]
    public partial string Schedule { get; init; }

    [Field(8, "timeZone", OmitEmpty = true)]
    public partial string? TimeZone { get; init; }

    [Field(2, "startingDeadlineSeconds", OmitEmpty = true)]
    public partial long? StartingDeadlineSeconds { get; init; }

    [Field(3, "concurrencyPolicy", OmitEmpty = true, EnumOf = typeof(ConcurrencyPolicy))]
    public partial string ConcurrencyPolicy { get; init; }

    [Field(4, "suspend", OmitEmpty = true)]
    public partial bool? Suspend { get; init; }

    [Field(5, "jobTemplate", Required = true)]
    public partial JobTemplateSpec JobTemplate { get; init; }

    [Field(6, "successfulJobsHistoryLimit", OmitEmpty = true)]
    public partial int? SuccessfulJobsHistoryLimit { get; init; }

    [Field(7, "failedJobsHistoryLimit", OmitEmpty = true)]
    public partial int? FailedJobsHistoryLimit { get; init; }
}

[ApiType("io.k8s.api.batch.v1.CronJobStatus")]
public sealed partial record CronJobStatus
{
    [Field(1, "active", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ObjectReference> Active { get; init; }

    [Field(4, "lastScheduleTime", OmitEmpty = true)]
    public partial Timestamp? LastScheduleTime { get; init; }

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
