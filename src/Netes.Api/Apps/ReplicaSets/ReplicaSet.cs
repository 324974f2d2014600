using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

[ApiType("io.k8s.api.apps.v1.ReplicaSet")]
[ApiKind("apps", "v1", "ReplicaSet")]
public sealed partial record ReplicaSet : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial ReplicaSetSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial ReplicaSetStatus Status { get; init; }
}

[ApiType("io.k8s.api.apps.v1.ReplicaSetList")]
[ApiKind("apps", "v1", "ReplicaSetList")]
public sealed partial record ReplicaSetList : IKubernetesList<ReplicaSet>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<ReplicaSet> Items { get; init; }
}

[ApiType("io.k8s.api.apps.v1.ReplicaSetSpec")]
public sealed partial record ReplicaSetSpec
{
    [Field(1, "replicas", OmitEmpty = true)]
    public partial int? Replicas { get; init; }

    [Field(4, "minReadySeconds", OmitEmpty = true)]
    public partial int MinReadySeconds { get; init; }

    [Field(2, "selector", Required = true)]
    public partial LabelSelector? Selector { get; init; }

    [Field(3, "template", OmitEmpty = true)]
    public partial PodTemplateSpec Template { get; init; }
}

[ApiType("io.k8s.api.apps.v1.ReplicaSetStatus")]
public sealed partial record ReplicaSetStatus
{
    [Field(1, "replicas", Required = true)]
    public partial int Replicas { get; init; }

    [Field(2, "fullyLabeledReplicas", OmitEmpty = true)]
    public partial int FullyLabeledReplicas { get; init; }

    [Field(4, "readyReplicas", OmitEmpty = true)]
    public partial int ReadyReplicas { get; init; }

    [Field(5, "availableReplicas", OmitEmpty = true)]
    public partial int AvailableReplicas { get; init; }

    [Field(7, "terminatingReplicas", OmitEmpty = true)]
    public partial int? TerminatingReplicas { get; init; }

    [Field(3, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(6, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<ReplicaSetCondition> Conditions { get; init; }
}

[ApiType("io.k8s.api.apps.v1.ReplicaSetCondition")]
public sealed partial record ReplicaSetCondition
{
    [Field(1, "type", Required = true, EnumOf = typeof(ReplicaSetConditionType))]
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

/// <summary>The values of <c>ReplicaSetConditionType</c>.</summary>
public static class ReplicaSetConditionType
{
    public const string ReplicaFailure = "ReplicaFailure";
}
