using Netes.Api.Meta;

namespace Netes.Api.Policy;

/// <summary>How many pods may be taken away on purpose at the same time.</summary>
[ApiType("io.k8s.api.policy.v1.PodDisruptionBudget")]
[ApiKind("policy", "v1", "PodDisruptionBudget")]
public sealed partial record PodDisruptionBudget : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial PodDisruptionBudgetSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial PodDisruptionBudgetStatus Status { get; init; }
}

/// <summary>A list of objects of kind PodDisruptionBudget.</summary>
[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetList")]
[ApiKind("policy", "v1", "PodDisruptionBudgetList")]
public sealed partial record PodDisruptionBudgetList : IKubernetesList<PodDisruptionBudget>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<PodDisruptionBudget> Items { get; init; }
}

/// <summary>Which pods, and how many must stay.</summary>
[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetSpec")]
public sealed partial record PodDisruptionBudgetSpec
{
    /// <summary>How many must stay, as a number or percentage.</summary>
    [Field(1, "minAvailable", OmitEmpty = true)]
    public partial IntOrString? MinAvailable { get; init; }

    /// <summary>The pods it is for.</summary>
    [Field(2, "selector", OmitEmpty = true, PatchStrategy = "replace")]
    public partial LabelSelector? Selector { get; init; }

    /// <summary>How many may be away, as a number or percentage.</summary>
    [Field(3, "maxUnavailable", OmitEmpty = true)]
    public partial IntOrString? MaxUnavailable { get; init; }

    /// <summary>When pods that are not ready may be taken away.</summary>
    [Field(4, "unhealthyPodEvictionPolicy", OmitEmpty = true, EnumOf = typeof(UnhealthyPodEvictionPolicyType))]
    public partial string? UnhealthyPodEvictionPolicy { get; init; }
}

[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetStatus")]
public sealed partial record PodDisruptionBudgetStatus
{
    [Field(1, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(2, "disruptedPods", OmitEmpty = true)]
    public partial ValueMap<Timestamp> DisruptedPods { get; init; }

    [Field(3, "disruptionsAllowed")]
    public partial int DisruptionsAllowed { get; init; }

    [Field(4, "currentHealthy")]
    public partial int CurrentHealthy { get; init; }

    [Field(5, "desiredHealthy")]
    public partial int DesiredHealthy { get; init; }

    [Field(6, "expectedPods")]
    public partial int ExpectedPods { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(7, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<Condition> Conditions { get; init; }
}

/// <summary>The values of <c>UnhealthyPodEvictionPolicyType</c>.</summary>
public static class UnhealthyPodEvictionPolicyType
{
    public const string AlwaysAllow = "AlwaysAllow";
    public const string IfHealthyBudget = "IfHealthyBudget";
}
