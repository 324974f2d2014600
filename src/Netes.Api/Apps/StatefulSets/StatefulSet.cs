using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

[ApiType("io.k8s.api.apps.v1.StatefulSet")]
[ApiKind("apps", "v1", "StatefulSet")]
public sealed partial record StatefulSet : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial StatefulSetSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial StatefulSetStatus Status { get; init; }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetList")]
[ApiKind("apps", "v1", "StatefulSetList")]
public sealed partial record StatefulSetList : IKubernetesList<StatefulSet>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<StatefulSet> Items { get; init; }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetSpec")]
public sealed partial record StatefulSetSpec
{
    [Field(1, "replicas", OmitEmpty = true)]
    public partial int? Replicas { get; init; }

    [Field(2, "selector", Required = true)]
    public partial LabelSelector? Selector { get; init; }

    [Field(3, "template", Required = true)]
    public partial PodTemplateSpec Template { get; init; }

    [Field(4, "volumeClaimTemplates", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PersistentVolumeClaim> VolumeClaimTemplates { get; init; }

    [Field(5, "serviceName")]
    public partial string ServiceName { get; init; }

    [Field(6, "podManagementPolicy", OmitEmpty = true, EnumOf = typeof(PodManagementPolicyType))]
    public partial string PodManagementPolicy { get; init; }

    [Field(7, "updateStrategy", OmitEmpty = true)]
    public partial StatefulSetUpdateStrategy UpdateStrategy { get; init; }

    [Field(8, "revisionHistoryLimit", OmitEmpty = true)]
    public partial int? RevisionHistoryLimit { get; init; }

    [Field(9, "minReadySeconds", OmitEmpty = true)]
    public partial int MinReadySeconds { get; init; }

    [Field(10, "persistentVolumeClaimRetentionPolicy", OmitEmpty = true)]
    public partial StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; init; }

    [Field(11, "ordinals", OmitEmpty = true)]
    public partial StatefulSetOrdinals? Ordinals { get; init; }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetStatus")]
public sealed partial record StatefulSetStatus
{
    [Field(1, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(2, "replicas", Required = true)]
    public partial int Replicas { get; init; }

    [Field(3, "readyReplicas", OmitEmpty = true)]
    public partial int ReadyReplicas { get; init; }

    [Field(4, "currentReplicas", OmitEmpty = true)]
    public partial int CurrentReplicas { get; init; }

    [Field(5, "updatedReplicas", OmitEmpty = true)]
    public partial int UpdatedReplicas { get; init; }

    [Field(6, "currentRevision", OmitEmpty = true)]
    public partial string CurrentRevision { get; init; }

    [Field(7, "updateRevision", OmitEmpty = true)]
    public partial string UpdateRevision { get; init; }

    [Field(9, "collisionCount", OmitEmpty = true)]
    public partial int? CollisionCount { get; init; }

    [Field(10, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<StatefulSetCondition> Conditions { get; init; }

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

[ApiType("io.k8s.api.apps.v1.StatefulSetCondition")]
public sealed partial record StatefulSetCondition
{
    [Field(1, "type", Required = true)]
    public partial string Type { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    [Field(3, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

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
