using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

/// <summary>Keeps a number of equal pods running.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSet")]
[ApiKind("apps", "v1", "ReplicaSet")]
public sealed partial record ReplicaSet : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial ReplicaSetSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial ReplicaSetStatus Status { get; init; }
}

/// <summary>A list of objects of kind ReplicaSet.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSetList")]
[ApiKind("apps", "v1", "ReplicaSetList")]
public sealed partial record ReplicaSetList : IKubernetesList<ReplicaSet>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ReplicaSet> Items { get; init; }
}

/// <summary>What a replica set is to keep running.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSetSpec")]
public sealed partial record ReplicaSetSpec
{
    /// <summary>How many pods are wanted; one when not given.</summary>
    [Field(1, "replicas", OmitEmpty = true)]
    public partial int? Replicas { get; init; }

    /// <summary>Seconds a new pod must have been ready to count as available.</summary>
    [Field(4, "minReadySeconds", OmitEmpty = true)]
    public partial int MinReadySeconds { get; init; }

    /// <summary>The pods that belong to it; it cannot be changed.</summary>
    [Field(2, "selector", Required = true)]
    public partial LabelSelector? Selector { get; init; }

    /// <summary>The pods it makes.</summary>
    [Field(3, "template", OmitEmpty = true)]
    public partial PodTemplateSpec Template { get; init; }
}

/// <summary>How far a replica set has come.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSetStatus")]
public sealed partial record ReplicaSetStatus
{
    /// <summary>How many pods there are.</summary>
    [Field(1, "replicas", Required = true)]
    public partial int Replicas { get; init; }

    /// <summary>How many have all labels of the template.</summary>
    [Field(2, "fullyLabeledReplicas", OmitEmpty = true)]
    public partial int FullyLabeledReplicas { get; init; }

    /// <summary>How many are ready.</summary>
    [Field(4, "readyReplicas", OmitEmpty = true)]
    public partial int ReadyReplicas { get; init; }

    /// <summary>How many have been ready for long enough.</summary>
    [Field(5, "availableReplicas", OmitEmpty = true)]
    public partial int AvailableReplicas { get; init; }

    /// <summary>How many are being deleted.</summary>
    [Field(7, "terminatingReplicas", OmitEmpty = true)]
    public partial int? TerminatingReplicas { get; init; }

    /// <summary>The generation that this status describes.</summary>
    [Field(3, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(6, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<ReplicaSetCondition> Conditions { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSetCondition")]
public sealed partial record ReplicaSetCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(ReplicaSetConditionType))]
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

/// <summary>The values of <c>ReplicaSetConditionType</c>.</summary>
public static class ReplicaSetConditionType
{
    public const string ReplicaFailure = "ReplicaFailure";
}
