using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

/// <summary>Keeps a number of equal pods running, and replaces them step by step when their template changes.</summary>
[ApiType("io.k8s.api.apps.v1.Deployment")]
[ApiKind("apps", "v1", "Deployment")]
public sealed partial record Deployment : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial DeploymentSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial DeploymentStatus Status { get; init; }
}

/// <summary>A list of objects of kind Deployment.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentList")]
[ApiKind("apps", "v1", "DeploymentList")]
public sealed partial record DeploymentList : IKubernetesList<Deployment>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Deployment> Items { get; init; }
}

/// <summary>What a deployment is to keep running.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentSpec")]
public sealed partial record DeploymentSpec
{
    /// <summary>How many pods are wanted; one when not given.</summary>
    [Field(1, "replicas", OmitEmpty = true)]
    public partial int? Replicas { get; init; }

    /// <summary>The pods that belong to it; it must match the labels of the template and cannot be changed.</summary>
    [Field(2, "selector", Required = true)]
    public partial LabelSelector? Selector { get; init; }

    /// <summary>The pods it makes.</summary>
    [Field(3, "template", Required = true)]
    public partial PodTemplateSpec Template { get; init; }

    /// <summary>How old pods are replaced by new ones.</summary>
    [Field(4, "strategy", OmitEmpty = true, PatchStrategy = "retainKeys")]
    public partial DeploymentStrategy Strategy { get; init; }

    /// <summary>Seconds a new pod must have been ready to count as available.</summary>
    [Field(5, "minReadySeconds", OmitEmpty = true)]
    public partial int MinReadySeconds { get; init; }

    /// <summary>How many old replica sets are kept for going back; ten when not given.</summary>
    [Field(6, "revisionHistoryLimit", OmitEmpty = true)]
    public partial int? RevisionHistoryLimit { get; init; }

    /// <summary>True stops rollouts.</summary>
    [Field(7, "paused", OmitEmpty = true)]
    public partial bool Paused { get; init; }

    /// <summary>Seconds without progress after which a rollout is reported as failed.</summary>
    [Field(9, "progressDeadlineSeconds", OmitEmpty = true)]
    public partial int? ProgressDeadlineSeconds { get; init; }
}

/// <summary>How far a deployment has come.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentStatus")]
public sealed partial record DeploymentStatus
{
    /// <summary>The generation that this status describes.</summary>
    [Field(1, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>How many pods there are.</summary>
    [Field(2, "replicas", OmitEmpty = true)]
    public partial int Replicas { get; init; }

    /// <summary>How many have the current template.</summary>
    [Field(3, "updatedReplicas", OmitEmpty = true)]
    public partial int UpdatedReplicas { get; init; }

    /// <summary>How many are ready.</summary>
    [Field(7, "readyReplicas", OmitEmpty = true)]
    public partial int ReadyReplicas { get; init; }

    /// <summary>How many have been ready for long enough.</summary>
    [Field(4, "availableReplicas", OmitEmpty = true)]
    public partial int AvailableReplicas { get; init; }

    /// <summary>How many are still missing.</summary>
    [Field(5, "unavailableReplicas", OmitEmpty = true)]
    public partial int UnavailableReplicas { get; init; }

    /// <summary>How many are being deleted.</summary>
    [Field(9, "terminatingReplicas", OmitEmpty = true)]
    public partial int? TerminatingReplicas { get; init; }

    /// <summary>Aspects of the state, such as Available and Progressing.</summary>
    [Field(6, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<DeploymentCondition> Conditions { get; init; }

    /// <summary>How often the name of a replica set was taken already.</summary>
    [Field(8, "collisionCount", OmitEmpty = true)]
    public partial int? CollisionCount { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentCondition")]
public sealed partial record DeploymentCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(DeploymentConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the condition was last updated.</summary>
    [Field(6, "lastUpdateTime")]
    public partial Timestamp? LastUpdateTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(7, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
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

/// <summary>How old pods are replaced.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentStrategy")]
public sealed partial record DeploymentStrategy
{
    /// <summary>RollingUpdate, or Recreate, which stops all old pods first.</summary>
    [Field(1, "type", OmitEmpty = true, EnumOf = typeof(DeploymentStrategyType))]
    public partial string Type { get; init; }

    /// <summary>Settings of RollingUpdate.</summary>
    [Field(2, "rollingUpdate", OmitEmpty = true)]
    public partial RollingUpdateDeployment? RollingUpdate { get; init; }
}

/// <summary>The values of <c>DeploymentStrategyType</c>.</summary>
public static class DeploymentStrategyType
{
    public const string Recreate = "Recreate";
    public const string RollingUpdate = "RollingUpdate";
}

/// <summary>How many pods may be away or too many during a rollout.</summary>
[ApiType("io.k8s.api.apps.v1.RollingUpdateDeployment")]
public sealed partial record RollingUpdateDeployment
{
    /// <summary>How many may be missing, as a number or percentage.</summary>
    [Field(1, "maxUnavailable", OmitEmpty = true)]
    public partial IntOrString? MaxUnavailable { get; init; }

    /// <summary>How many may be too many, as a number or percentage.</summary>
    [Field(2, "maxSurge", OmitEmpty = true)]
    public partial IntOrString? MaxSurge { get; init; }
}
