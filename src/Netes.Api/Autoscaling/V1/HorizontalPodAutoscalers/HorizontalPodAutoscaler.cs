using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler")]
[ApiKind("autoscaling", "v1", "HorizontalPodAutoscaler")]
public sealed partial record HorizontalPodAutoscaler : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true, Required = true)]
    public partial HorizontalPodAutoscalerSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial HorizontalPodAutoscalerStatus Status { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerList")]
[ApiKind("autoscaling", "v1", "HorizontalPodAutoscalerList")]
public sealed partial record HorizontalPodAutoscalerList : IKubernetesList<HorizontalPodAutoscaler>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<HorizontalPodAutoscaler> Items { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec")]
public sealed partial record HorizontalPodAutoscalerSpec
{
    [Field(1, "scaleTargetRef", Required = true)]
    public partial CrossVersionObjectReference ScaleTargetRef { get; init; }

    [Field(2, "minReplicas", OmitEmpty = true)]
    public partial int? MinReplicas { get; init; }

    [Field(3, "maxReplicas", Required = true)]
    public partial int MaxReplicas { get; init; }

    [Field(4, "targetCPUUtilizationPercentage", OmitEmpty = true)]
    public partial int? TargetCPUUtilizationPercentage { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus")]
public sealed partial record HorizontalPodAutoscalerStatus
{
    [Field(1, "observedGeneration", OmitEmpty = true)]
    public partial long? ObservedGeneration { get; init; }

    [Field(2, "lastScaleTime", OmitEmpty = true)]
    public partial Timestamp? LastScaleTime { get; init; }

    [Field(3, "currentReplicas", Required = true)]
    public partial int CurrentReplicas { get; init; }

    [Field(4, "desiredReplicas", Required = true)]
    public partial int DesiredReplicas { get; init; }

    [Field(5, "currentCPUUtilizationPercentage", OmitEmpty = true)]
    public partial int? CurrentCPUUtilizationPercentage { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v1.CrossVersionObjectReference")]
public sealed partial record CrossVersionObjectReference
{
    [Field(1, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(2, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(3, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }
}
