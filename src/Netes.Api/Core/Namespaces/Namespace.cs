using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Namespace")]
[ApiKind("", "v1", "Namespace")]
public sealed partial record Namespace : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial NamespaceSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial NamespaceStatus Status { get; init; }
}

[ApiType("io.k8s.api.core.v1.NamespaceList")]
[ApiKind("", "v1", "NamespaceList")]
public sealed partial record NamespaceList : IKubernetesList<Namespace>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<Namespace> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.NamespaceSpec")]
public sealed partial record NamespaceSpec
{
    [Field(1, "finalizers", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(FinalizerName))]
    public partial ValueList<string> Finalizers { get; init; }
}

[ApiType("io.k8s.api.core.v1.NamespaceStatus")]
public sealed partial record NamespaceStatus
{
    [Field(1, "phase", OmitEmpty = true, EnumOf = typeof(NamespacePhase))]
    public partial string Phase { get; init; }

    [Field(2, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<NamespaceCondition> Conditions { get; init; }
}

/// <summary>The values of <c>FinalizerName</c>.</summary>
public static class FinalizerName
{
    public const string Kubernetes = "kubernetes";
}

[ApiType("io.k8s.api.core.v1.NamespaceCondition")]
public sealed partial record NamespaceCondition
{
    [Field(1, "type", Required = true, EnumOf = typeof(NamespaceConditionType))]
    public partial string Type { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    [Field(4, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    [Field(5, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(6, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}

/// <summary>The values of <c>NamespaceConditionType</c>.</summary>
public static class NamespaceConditionType
{
    public const string NamespaceContentRemaining = "NamespaceContentRemaining";
    public const string NamespaceDeletionContentFailure = "NamespaceDeletionContentFailure";
    public const string NamespaceDeletionDiscoveryFailure = "NamespaceDeletionDiscoveryFailure";
    public const string NamespaceDeletionGroupVersionParsingFailure = "NamespaceDeletionGroupVersionParsingFailure";
    public const string NamespaceFinalizersRemaining = "NamespaceFinalizersRemaining";
}

/// <summary>The values of <c>NamespacePhase</c>.</summary>
public static class NamespacePhase
{
    public const string Active = "Active";
    public const string Terminating = "Terminating";
}
