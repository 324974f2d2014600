using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

[ApiType("io.k8s.api.apps.v1.Deployment")]
[ApiKind("apps", "v1", "Deployment")]
public sealed partial record Deployment : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial DeploymentSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial DeploymentStatus Status { get; init; }
}

[ApiType("io.k8s.api.apps.v1.DeploymentList")]
[ApiKind("apps", "v1", "DeploymentList")]
public sealed partial record DeploymentList : IKubernetesList<Deployment>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<Deployment> Items { get; init; }
}

[ApiType("io.k8s.api.apps.v1.DeploymentSpec")]
public sealed partial record DeploymentSpec
{
    [Field(1, "replicas", OmitEmpty = true)]
    public partial int? Replicas { get; init; }

    [Field(2, "selector", Required = true)]
    public partial LabelSelector? Selector { get; init; }

    [Field(3, "template", Required = true)]
    public partial PodTemplateSpec Template { get; init; }

    [Field(4, "strategy", OmitEmpty = true, PatchStrategy = "retainKeys")]
    public partial DeploymentStrategy Strategy { get; init; }

    [Field(5, "minReadySeconds", OmitEmpty = true)]
    public partial int MinReadySeconds { get; init; }

    [Field(6, "revisionHistoryLimit", OmitEmpty = true)]
    public partial int? RevisionHistoryLimit { get; init; }

    [Field(7, "paused", OmitEmpty = true)]
    public partial bool Paused { get; init; }

    [Field(9, "progressDeadlineSeconds", OmitEmpty = true)]
    public partial int? ProgressDeadlineSeconds { get; init; }
}

[ApiType("io.k8s.api.apps.v1.DeploymentStatus")]
public sealed partial record DeploymentStatus
{
    [Field(1, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(2, "replicas", OmitEmpty = true)]
    public partial int Replicas { get; init; }

    [Field(3, "updatedReplicas", OmitEmpty = true)]
    public partial int UpdatedReplicas { get; init; }

    [Field(7, "readyReplicas", OmitEmpty = true)]
    public partial int ReadyReplicas { get; init; }

    [Field(4, "availableReplicas", OmitEmpty = true)]
    public partial int AvailableReplicas { get; init; }

    [Field(5, "unavailableReplicas", OmitEmpty = true)]
    public partial int UnavailableReplicas { get; init; }

    [Field(9, "terminatingReplicas", OmitEmpty = true)]
    public partial int? TerminatingReplicas { get; init; }

    [Field(6, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<DeploymentCondition> Conditions { get; init; }

    [Field(8, "collisionCount", OmitEmpty = true)]
    public partial int? CollisionCount { get; init; }
}

[ApiType("io.k8s.api.apps.v1.DeploymentCondition")]
public sealed partial record DeploymentCondition
{
    [Field(1, "type", Required = true, EnumOf = typeof(DeploymentConditionType))]
    public partial string Type { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    [Field(6, "lastUpdateTime")]
    public partial Timestamp? LastUpdateTime { get; init; }

    [Field(7, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(5, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}

/// <summary>The values of <c>DeploymentConditionType</c>.</summary>
public static class DeploymentConditionType
{
    public const string Available = "Available";
    public const string Progressing = "Progressing";
    public const string ReplicaFailure = "ReplicaFailure";
}

[ApiType("io.k8s.api.apps.v1.DeploymentStrategy")]
public sealed partial record DeploymentStrategy
{
    [Field(1, "type", OmitEmpty = true, EnumOf = typeof(DeploymentStrategyType))]
    public partial string Type { get; init; }

    [Field(2, "rollingUpdate", OmitEmpty = true)]
    public partial RollingUpdateDeployment? RollingUpdate { get; init; }
}

/// <summary>The values of <c>DeploymentStrategyType</c>.</summary>
public static class DeploymentStrategyType
{
    public const string Recreate = "Recreate";
    public const string RollingUpdate = "RollingUpdate";
}

[ApiType("io.k8s.api.apps.v1.RollingUpdateDeployment")]
public sealed partial record RollingUpdateDeployment
{
    [Field(1, "maxUnavailable", OmitEmpty = true)]
    public partial IntOrString? MaxUnavailable { get; init; }

    [Field(2, "maxSurge", OmitEmpty = true)]
    public partial IntOrString? MaxSurge { get; init; }
}
