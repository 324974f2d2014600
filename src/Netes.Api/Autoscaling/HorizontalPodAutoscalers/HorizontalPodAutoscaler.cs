using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

/// <summary>Changes a number of pods to follow their load.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler")]
[ApiKind("autoscaling", "v2", "HorizontalPodAutoscaler")]
public sealed partial record HorizontalPodAutoscaler : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true, Required = true)]
    public partial HorizontalPodAutoscalerSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial HorizontalPodAutoscalerStatus Status { get; init; }
}

/// <summary>A list of objects of kind HorizontalPodAutoscaler.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerList")]
[ApiKind("autoscaling", "v2", "HorizontalPodAutoscalerList")]
public sealed partial record HorizontalPodAutoscalerList : IKubernetesList<HorizontalPodAutoscaler>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<HorizontalPodAutoscaler> Items { get; init; }
}

/// <summary>What is scaled, between which numbers, by which load.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec")]
public sealed partial record HorizontalPodAutoscalerSpec
{
    /// <summary>What is scaled.</summary>
    [Field(1, "scaleTargetRef", Required = true)]
    public partial CrossVersionObjectReference ScaleTargetRef { get; init; }

    /// <summary>The fewest pods there may be.</summary>
    [Field(2, "minReplicas", OmitEmpty = true)]
    public partial int? MinReplicas { get; init; }

    /// <summary>The most pods there may be.</summary>
    [Field(3, "maxReplicas", Required = true)]
    public partial int MaxReplicas { get; init; }

    /// <summary>The load to follow.</summary>
    [Field(4, "metrics", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<MetricSpec> Metrics { get; init; }

    /// <summary>How fast to go up and down.</summary>
    [Field(5, "behavior", OmitEmpty = true)]
    public partial HorizontalPodAutoscalerBehavior? Behavior { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus")]
public sealed partial record HorizontalPodAutoscalerStatus
{
    [Field(1, "observedGeneration", OmitEmpty = true)]
    public partial long? ObservedGeneration { get; init; }

    [Field(2, "lastScaleTime", OmitEmpty = true)]
    public partial Timestamp? LastScaleTime { get; init; }

    [Field(3, "currentReplicas", OmitEmpty = true)]
    public partial int CurrentReplicas { get; init; }

    [Field(4, "desiredReplicas", Required = true)]
    public partial int DesiredReplicas { get; init; }

    [Field(5, "currentMetrics", ListType = "atomic")]
    public partial ValueList<MetricStatus> CurrentMetrics { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(6, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<HorizontalPodAutoscalerCondition> Conditions { get; init; }
}
