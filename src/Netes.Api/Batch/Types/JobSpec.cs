using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Batch;

/// <summary>What a job is to run.</summary>
[ApiType("io.k8s.api.batch.v1.JobSpec")]
public sealed partial record JobSpec
{
    /// <summary>How many pods run at the same time at most.</summary>
    [Field(1, "parallelism", OmitEmpty = true)]
    public partial int? Parallelism { get; init; }

    /// <summary>How many must succeed.</summary>
    [Field(2, "completions", OmitEmpty = true)]
    public partial int? Completions { get; init; }

    /// <summary>Seconds the job may take before it is failed.</summary>
    [Field(3, "activeDeadlineSeconds", OmitEmpty = true)]
    public partial long? ActiveDeadlineSeconds { get; init; }

    /// <summary>What a failure of a pod means.</summary>
    [Field(11, "podFailurePolicy", OmitEmpty = true)]
    public partial PodFailurePolicy? PodFailurePolicy { get; init; }

    /// <summary>When the job has succeeded before all its pods have.</summary>
    [Field(16, "successPolicy", OmitEmpty = true)]
    public partial SuccessPolicy? SuccessPolicy { get; init; }

    /// <summary>How many failures the job survives.</summary>
    [Field(7, "backoffLimit", OmitEmpty = true)]
    public partial int? BackoffLimit { get; init; }

    /// <summary>How many failures each index survives.</summary>
    [Field(12, "backoffLimitPerIndex", OmitEmpty = true)]
    public partial int? BackoffLimitPerIndex { get; init; }

    /// <summary>How many failed indexes the job survives.</summary>
    [Field(13, "maxFailedIndexes", OmitEmpty = true)]
    public partial int? MaxFailedIndexes { get; init; }

    /// <summary>The pods that belong to it; set by the system.</summary>
    [Field(4, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }

    /// <summary>True keeps a selector given by hand.</summary>
    [Field(5, "manualSelector", OmitEmpty = true)]
    public partial bool? ManualSelector { get; init; }

    /// <summary>The pods it makes.</summary>
    [Field(6, "template", Required = true)]
    public partial PodTemplateSpec Template { get; init; }

    /// <summary>Seconds after its end when the job is deleted.</summary>
    [Field(8, "ttlSecondsAfterFinished", OmitEmpty = true)]
    public partial int? TTLSecondsAfterFinished { get; init; }

    /// <summary>NonIndexed, or Indexed, which numbers the pods.</summary>
    [Field(9, "completionMode", OmitEmpty = true, EnumOf = typeof(CompletionMode))]
    public partial string? CompletionMode { get; init; }

    /// <summary>True stops the job's pods and makes no new ones.</summary>
    [Field(10, "suspend", OmitEmpty = true)]
    public partial bool? Suspend { get; init; }

    /// <summary>When a failed pod is replaced.</summary>
    [Field(14, "podReplacementPolicy", OmitEmpty = true, EnumOf = typeof(PodReplacementPolicy))]
    public partial string? PodReplacementPolicy { get; init; }

    /// <summary>The controller that runs the job.</summary>
    [Field(15, "managedBy", OmitEmpty = true)]
    public partial string? ManagedBy { get; init; }
}
