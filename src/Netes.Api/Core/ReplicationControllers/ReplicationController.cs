using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ReplicationController")]
[ApiKind("", "v1", "ReplicationController")]
public sealed partial record ReplicationController : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial ReplicationControllerSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial ReplicationControllerStatus Status { get; init; }
}

/// <summary>A list of objects of kind ReplicationController.</summary>
[ApiType("io.k8s.api.core.v1.ReplicationControllerList")]
[ApiKind("", "v1", "ReplicationControllerList")]
public sealed partial record ReplicationControllerList : IKubernetesList<ReplicationController>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ReplicationController> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.ReplicationControllerSpec")]
public sealed partial record ReplicationControllerSpec
{
    [Field(1, "replicas", OmitEmpty = true, Default = "1")]
    public partial int? Replicas { get; init; }

    [Field(4, "minReadySeconds", OmitEmpty = true, Default = "0")]
    public partial int MinReadySeconds { get; init; }

    [Field(2, "selector", OmitEmpty = true, MapType = "atomic")]
    public partial ValueMap<string> Selector { get; init; }

    [Field(3, "template", OmitEmpty = true)]
    public partial PodTemplateSpec? Template { get; init; }
}

[ApiType("io.k8s.api.core.v1.ReplicationControllerStatus")]
public sealed partial record ReplicationControllerStatus
{
    [Field(1, "replicas", Required = true)]
    public partial int Replicas { get; init; }

    [Field(2, "fullyLabeledReplicas", OmitEmpty = true)]
    public partial int FullyLabeledReplicas { get; init; }

    [Field(4, "readyReplicas", OmitEmpty = true)]
    public partial int ReadyReplicas { get; init; }

    [Field(5, "availableReplicas", OmitEmpty = true)]
    public partial int AvailableReplicas { get; init; }

    [Field(3, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(6, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<ReplicationControllerCondition> Conditions { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.core.v1.ReplicationControllerCondition")]
public sealed partial record ReplicationControllerCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(ReplicationControllerConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
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

/// <summary>The values of <c>ReplicationControllerConditionType</c>.</summary>
public static class ReplicationControllerConditionType
{
    public const string ReplicaFailure = "ReplicaFailure";
}
