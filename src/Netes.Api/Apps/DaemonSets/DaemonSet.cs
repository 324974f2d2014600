using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

/// <summary>Keeps one pod running on every node that it selects.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSet")]
[ApiKind("apps", "v1", "DaemonSet")]
public sealed partial record DaemonSet : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial DaemonSetSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial DaemonSetStatus Status { get; init; }
}

/// <summary>A list of objects of kind DaemonSet.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSetList")]
[ApiKind("apps", "v1", "DaemonSetList")]
public sealed partial record DaemonSetList : IKubernetesList<DaemonSet>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<DaemonSet> Items { get; init; }
}

/// <summary>What a daemon set is to keep running.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSetSpec")]
public sealed partial record DaemonSetSpec
{
    /// <summary>The pods that belong to it; it cannot be changed.</summary>
    [Field(1, "selector", Required = true)]
    public partial LabelSelector? Selector { get; init; }

    /// <summary>The pods it makes.</summary>
    [Field(2, "template", Required = true)]
    public partial PodTemplateSpec Template { get; init; }

    /// <summary>How pods are replaced when the template changes.</summary>
    [Field(3, "updateStrategy", OmitEmpty = true)]
    public partial DaemonSetUpdateStrategy UpdateStrategy { get; init; }

    /// <summary>Seconds a new pod must have been ready to count as available.</summary>
    [Field(4, "minReadySeconds", OmitEmpty = true)]
    public partial int MinReadySeconds { get; init; }

    /// <summary>How many old revisions are kept.</summary>
    [Field(6, "revisionHistoryLimit", OmitEmpty = true)]
    public partial int? RevisionHistoryLimit { get; init; }
}

/// <summary>How far a daemon set has come.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSetStatus")]
public sealed partial record DaemonSetStatus
{
    /// <summary>Nodes that run a pod and should.</summary>
    [Field(1, "currentNumberScheduled", Required = true)]
    public partial int CurrentNumberScheduled { get; init; }

    /// <summary>Nodes that run a pod and should not.</summary>
    [Field(2, "numberMisscheduled", Required = true)]
    public partial int NumberMisscheduled { get; init; }

    /// <summary>Nodes that should run a pod.</summary>
    [Field(3, "desiredNumberScheduled", Required = true)]
    public partial int DesiredNumberScheduled { get; init; }

    /// <summary>Nodes whose pod is ready.</summary>
    [Field(4, "numberReady", Required = true)]
    public partial int NumberReady { get; init; }

    /// <summary>The generation that this status describes.</summary>
    [Field(5, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>Nodes whose pod has the current template.</summary>
    [Field(6, "updatedNumberScheduled", OmitEmpty = true)]
    public partial int UpdatedNumberScheduled { get; init; }

    /// <summary>Nodes whose pod has been ready for long enough.</summary>
    [Field(7, "numberAvailable", OmitEmpty = true)]
    public partial int NumberAvailable { get; init; }

    /// <summary>Nodes that should run a pod and have none available.</summary>
    [Field(8, "numberUnavailable", OmitEmpty = true)]
    public partial int NumberUnavailable { get; init; }

    /// <summary>How often the name of a revision was taken already.</summary>
    [Field(9, "collisionCount", OmitEmpty = true)]
    public partial int? CollisionCount { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(10, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<DaemonSetCondition> Conditions { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSetCondition")]
public sealed partial record DaemonSetCondition
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

[ApiType("io.k8s.api.apps.v1.DaemonSetUpdateStrategy")]
public sealed partial record DaemonSetUpdateStrategy
{
    [Field(1, "type", OmitEmpty = true, EnumOf = typeof(DaemonSetUpdateStrategyType))]
    public partial string Type { get; init; }

    [Field(2, "rollingUpdate", OmitEmpty = true)]
    public partial RollingUpdateDaemonSet? RollingUpdate { get; init; }
}

/// <summary>The values of <c>DaemonSetUpdateStrategyType</c>.</summary>
public static class DaemonSetUpdateStrategyType
{
    public const string OnDelete = "OnDelete";
    public const string RollingUpdate = "RollingUpdate";
}

[ApiType("io.k8s.api.apps.v1.RollingUpdateDaemonSet")]
public sealed partial record RollingUpdateDaemonSet
{
    [Field(1, "maxUnavailable", OmitEmpty = true)]
    public partial IntOrString? MaxUnavailable { get; init; }

    [Field(2, "maxSurge", OmitEmpty = true)]
    public partial IntOrString? MaxSurge { get; init; }
}
