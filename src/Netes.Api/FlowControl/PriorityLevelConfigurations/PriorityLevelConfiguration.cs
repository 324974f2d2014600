using Netes.Api.Meta;

namespace Netes.Api.FlowControl;

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration")]
[ApiKind("flowcontrol.apiserver.k8s.io", "v1", "PriorityLevelConfiguration")]
public sealed partial record PriorityLevelConfiguration : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial PriorityLevelConfigurationSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial PriorityLevelConfigurationStatus Status { get; init; }
}

/// <summary>A list of objects of kind PriorityLevelConfiguration.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationList")]
[ApiKind("flowcontrol.apiserver.k8s.io", "v1", "PriorityLevelConfigurationList")]
public sealed partial record PriorityLevelConfigurationList : IKubernetesList<PriorityLevelConfiguration>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<PriorityLevelConfiguration> Items { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec")]
public sealed partial record PriorityLevelConfigurationSpec
{
    [Field(1, "type", Required = true, EnumOf = typeof(PriorityLevelEnablement))]
    public partial string Type { get; init; }

    [Field(2, "limited", OmitEmpty = true)]
    public partial LimitedPriorityLevelConfiguration? Limited { get; init; }

    [Field(3, "exempt", OmitEmpty = true)]
    public partial ExemptPriorityLevelConfiguration? Exempt { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus")]
public sealed partial record PriorityLevelConfigurationStatus
{
    /// <summary>Aspects of the state.</summary>
    [Field(1, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<PriorityLevelConfigurationCondition> Conditions { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration")]
public sealed partial record ExemptPriorityLevelConfiguration
{
    [Field(1, "nominalConcurrencyShares", OmitEmpty = true)]
    public partial int? NominalConcurrencyShares { get; init; }

    [Field(2, "lendablePercent", OmitEmpty = true)]
    public partial int? LendablePercent { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.LimitResponse")]
public sealed partial record LimitResponse
{
    [Field(1, "type", Required = true, EnumOf = typeof(LimitResponseType))]
    public partial string Type { get; init; }

    [Field(2, "queuing", OmitEmpty = true)]
    public partial QueuingConfiguration? Queuing { get; init; }
}

/// <summary>The values of <c>LimitResponseType</c>.</summary>
public static class LimitResponseType
{
    public const string Queue = "Queue";
    public const string Reject = "Reject";
}

[ApiType("io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration")]
public sealed partial record LimitedPriorityLevelConfiguration
{
    [Field(1, "nominalConcurrencyShares")]
    public partial int? NominalConcurrencyShares { get; init; }

    [Field(2, "limitResponse", OmitEmpty = true)]
    public partial LimitResponse LimitResponse { get; init; }

    [Field(3, "lendablePercent", OmitEmpty = true)]
    public partial int? LendablePercent { get; init; }

    [Field(4, "borrowingLimitPercent", OmitEmpty = true)]
    public partial int? BorrowingLimitPercent { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition")]
public sealed partial record PriorityLevelConfigurationCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", OmitEmpty = true)]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", OmitEmpty = true, EnumOf = typeof(ConditionStatus))]
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

/// <summary>The values of <c>PriorityLevelEnablement</c>.</summary>
public static class PriorityLevelEnablement
{
    public const string Exempt = "Exempt";
    public const string Limited = "Limited";
}

[ApiType("io.k8s.api.flowcontrol.v1.QueuingConfiguration")]
public sealed partial record QueuingConfiguration
{
    [Field(1, "queues")]
    public partial int Queues { get; init; }

    [Field(2, "handSize")]
    public partial int HandSize { get; init; }

    [Field(3, "queueLengthLimit")]
    public partial int QueueLengthLimit { get; init; }
}
