using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

[ApiType("io.k8s.api.apps.v1.DaemonSet")]
[ApiKind("apps", "v1", "DaemonSet")]
public sealed partial record DaemonSet : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial DaemonSetSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial DaemonSetStatus Status { get; init; }
}

[ApiType("io.k8s.api.apps.v1.DaemonSetList")]
[ApiKind("apps", "v1", "DaemonSetList")]
public sealed partial record DaemonSetList : IKubernetesList<DaemonSet>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<DaemonSet> Items { get; init; }
}

[ApiType("io.k8s.api.apps.v1.DaemonSetSpec")]
public sealed partial record DaemonSetSpec
{
    [Field(1, "selector", Required = true)]
    public partial LabelSelector? Selector { get; init; }

    [Field(2, "template", Required = true)]
    public partial PodTemplateSpec Template { get; init; }

    [Field(3, "updateStrategy", OmitEmpty = true)]
    public partial DaemonSetUpdateStrategy UpdateStrategy { get; init; }

    [Field(4, "minReadySeconds", OmitEmpty = true)]
    public partial int MinReadySeconds { get; init; }

    [Field(6, "revisionHistoryLimit", OmitEmpty = true)]
    public partial int? RevisionHistoryLimit { get; init; }
}

[ApiType("io.k8s.api.apps.v1.DaemonSetStatus")]
public sealed partial record DaemonSetStatus
{
    [Field(1, "currentNumberScheduled", Required = true)]
    public partial int CurrentNumberScheduled { get; init; }

    [Field(2, "numberMisscheduled", Required = true)]
    public partial int NumberMisscheduled { get; init; }

    [Field(3, "desiredNumberScheduled", Required = true)]
    public partial int DesiredNumberScheduled { get; init; }

    [Field(4, "numberReady", Required = true)]
    public partial int NumberReady { get; init; }

    [Field(5, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(6, "updatedNumberScheduled", OmitEmpty = true)]
    public partial int UpdatedNumberScheduled { get; init; }

    [Field(7, "numberAvailable", OmitEmpty = true)]
    public partial int NumberAvailable { get; init; }

    [Field(8, "numberUnavailable", OmitEmpty = true)]
    public partial int NumberUnavailable { get; init; }

    [Field(9, "collisionCount", OmitEmpty = true)]
    public partial int? CollisionCount { get; init; }

    [Field(10, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<DaemonSetCondition> Conditions { get; init; }
}

[ApiType("io.k8s.api.apps.v1.DaemonSetCondition")]
public sealed partial record DaemonSetCondition
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
