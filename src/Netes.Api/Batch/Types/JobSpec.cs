using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.JobSpec")]
public sealed partial record JobSpec
{
    [Field(1, "parallelism", OmitEmpty = true)]
    public partial int? Parallelism { get; init; }

    [Field(2, "completions", OmitEmpty = true)]
    public partial int? Completions { get; init; }

    [Field(3, "activeDeadlineSeconds", OmitEmpty = true)]
    public partial long? ActiveDeadlineSeconds { get; init; }

    [Field(11, "podFailurePolicy", OmitEmpty = true)]
    public partial PodFailurePolicy? PodFailurePolicy { get; init; }

    [Field(16, "successPolicy", OmitEmpty = true)]
    public partial SuccessPolicy? SuccessPolicy { get; init; }

    [Field(7, "backoffLimit", OmitEmpty = true)]
    public partial int? BackoffLimit { get; init; }

    [Field(12, "backoffLimitPerIndex", OmitEmpty = true)]
    public partial int? BackoffLimitPerIndex { get; init; }

    [Field(13, "maxFailedIndexes", OmitEmpty = true)]
    public partial int? MaxFailedIndexes { get; init; }

    [Field(4, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }

    [Field(5, "manualSelector", OmitEmpty = true)]
    public partial bool? ManualSelector { get; init; }

    [Field(6, "template", Required = true)]
    public partial PodTemplateSpec Template { get; init; }

    [Field(8, "ttlSecondsAfterFinished", OmitEmpty = true)]
    public partial int? TTLSecondsAfterFinished { get; init; }

    [Field(9, "completionMode", OmitEmpty = true, EnumOf = typeof(CompletionMode))]
    public partial string? CompletionMode { get; init; }

    [Field(10, "suspend", OmitEmpty = true)]
    public partial bool? Suspend { get; init; }

    [Field(14, "podReplacementPolicy", OmitEmpty = true, EnumOf = typeof(PodReplacementPolicy))]
    public partial string? PodReplacementPolicy { get; init; }

    [Field(15, "managedBy", OmitEmpty = true)]
    public partial string? ManagedBy { get; init; }
}
