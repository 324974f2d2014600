using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

/// <summary>Keeps pods running that have lasting names, order and storage.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSet")]
[ApiKind("apps", "v1", "StatefulSet")]
public sealed partial record StatefulSet : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial StatefulSetSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial StatefulSetStatus Status { get; init; }
}

/// <summary>A list of objects of kind StatefulSet.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetList")]
[ApiKind("apps", "v1", "StatefulSetList")]
public sealed partial record StatefulSetList : IKubernetesList<StatefulSet>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<StatefulSet> Items { get; init; }
}

/// <summary>What a stateful set is to keep running.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetSpec")]
public sealed partial record StatefulSetSpec
{
    /// <summary>How many pods are wanted; one when not given.</summary>
    [Field(1, "replicas", OmitEmpty = true)]
    public partial int? Replicas { get; init; }

    /// <summary>The pods that belong to it; it cannot be changed.</summary>
    [Field(2, "selector", Required = true)]
    public partial LabelSelector? Selector { get; init; }

    /// <summary>The pods it makes.</summary>
    [Field(3, "template", Required = true)]
    public partial PodTemplateSpec Template { get; init; }

    /// <summary>Claims that are made for each pod and outlive it.</summary>
    [Field(4, "volumeClaimTemplates", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PersistentVolumeClaim> VolumeClaimTemplates { get; init; }

    /// <summary>The headless service that gives the pods their DNS names.</summary>
    [Field(5, "serviceName")]
    public partial string ServiceName { get; init; }

    /// <summary>OrderedReady makes pods one after the other, Parallel all at once.</summary>
    [Field(6, "podManagementPolicy", OmitEmpty = true, EnumOf = typeof(PodManagementPolicyType))]
    public partial string PodManagementPolicy { get; init; }

    /// <summary>How pods are replaced when the template changes.</summary>
    [Field(7, "updateStrategy", OmitEmpty = true)]
    public partial StatefulSetUpdateStrategy UpdateStrategy { get; init; }

    /// <summary>How many old revisions are kept.</summary>
    [Field(8, "revisionHistoryLimit", OmitEmpty = true)]
    public partial int? RevisionHistoryLimit { get; init; }

    /// <summary>Seconds a new pod must have been ready to count as available.</summary>
    [Field(9, "minReadySeconds", OmitEmpty = true)]
    public partial int MinReadySeconds { get; init; }

    /// <summary>What becomes of the claims when pods go away.</summary>
    [Field(10, "persistentVolumeClaimRetentionPolicy", OmitEmpty = true)]
    public partial StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; init; }

    /// <summary>The number of the first pod.</summary>
    [Field(11, "ordinals", OmitEmpty = true)]
    public partial StatefulSetOrdinals? Ordinals { get; init; }
}

/// <summary>How far a stateful set has come.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetStatus")]
public sealed partial record StatefulSetStatus
{
    /// <summary>The generation that this status describes.</summary>
    [Field(1, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>How many pods there are.</summary>
    [Field(2, "replicas", Required = true)]
    public partial int Replicas { get; init; }

    /// <summary>How many are ready.</summary>
    [Field(3, "readyReplicas", OmitEmpty = true)]
    public partial int ReadyReplicas { get; init; }

    /// <summary>How many have the current revision.</summary>
    [Field(4, "currentReplicas", OmitEmpty = true)]
    public partial int CurrentReplicas { get; init; }

    /// <summary>How many have the updated revision.</summary>
    [Field(5, "updatedReplicas", OmitEmpty = true)]
    public partial int UpdatedReplicas { get; init; }

    /// <summary>The revision of the pods not yet updated.</summary>
    [Field(6, "currentRevision", OmitEmpty = true)]
    public partial string CurrentRevision { get; init; }

    /// <summary>The revision the pods are updated to.</summary>
    [Field(7, "updateRevision", OmitEmpty = true)]
    public partial string UpdateRevision { get; init; }

    /// <summary>How often the name of a revision was taken already.</summary>
    [Field(9, "collisionCount", OmitEmpty = true)]
    public partial int? CollisionCount { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(10, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<StatefulSetCondition> Conditions { get; init; }

    /// <summary>How many have been ready for long enough.</summary>
    [Field(11, "availableReplicas")]
    public partial int AvailableReplicas { get; init; }
}

/// <summary>The values of <c>PersistentVolumeClaimRetentionPolicyType</c>.</summary>
public static class PersistentVolumeClaimRetentionPolicyType
{
    public const string Delete = "Delete";
    public const string Retain = "Retain";
}

/// <summary>The values of <c>PodManagementPolicyType</c>.</summary>
public static class PodManagementPolicyType
{
    public const string OrderedReady = "OrderedReady";
    public const string Parallel = "Parallel";
}

[ApiType("io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy")]
public sealed partial record RollingUpdateStatefulSetStrategy
{
    [Field(1, "partition", OmitEmpty = true)]
    public partial int? Partition { get; init; }

    [Field(2, "maxUnavailable", OmitEmpty = true)]
    public partial IntOrString? MaxUnavailable { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetCondition")]
public sealed partial record StatefulSetCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true)]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(3, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(5, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetOrdinals")]
public sealed partial record StatefulSetOrdinals
{
    [Field(1, "start")]
    public partial int Start { get; init; }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy")]
public sealed partial record StatefulSetPersistentVolumeClaimRetentionPolicy
{
    [Field(1, "whenDeleted", OmitEmpty = true, EnumOf = typeof(PersistentVolumeClaimRetentionPolicyType))]
    public partial string WhenDeleted { get; init; }

    [Field(2, "whenScaled", OmitEmpty = true, EnumOf = typeof(PersistentVolumeClaimRetentionPolicyType))]
    public partial string WhenScaled { get; init; }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetUpdateStrategy")]
public sealed partial record StatefulSetUpdateStrategy
{
    [Field(1, "type", OmitEmpty = true, EnumOf = typeof(StatefulSetUpdateStrategyType))]
    public partial string Type { get; init; }

    [Field(2, "rollingUpdate", OmitEmpty = true)]
    public partial RollingUpdateStatefulSetStrategy? RollingUpdate { get; init; }
}

/// <summary>The values of <c>StatefulSetUpdateStrategyType</c>.</summary>
public static class StatefulSetUpdateStrategyType
{
    public const string OnDelete = "OnDelete";
    public const string RollingUpdate = "RollingUpdate";
}
