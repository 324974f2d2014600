using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A part of the cluster with names of its own.</summary>
[ApiType("io.k8s.api.core.v1.Namespace")]
[ApiKind("", "v1", "Namespace")]
public sealed partial record Namespace : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial NamespaceSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial NamespaceStatus Status { get; init; }
}

/// <summary>A list of objects of kind Namespace.</summary>
[ApiType("io.k8s.api.core.v1.NamespaceList")]
[ApiKind("", "v1", "NamespaceList")]
public sealed partial record NamespaceList : IKubernetesList<Namespace>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Namespace> Items { get; init; }
}

/// <summary>Settings of a namespace.</summary>
[ApiType("io.k8s.api.core.v1.NamespaceSpec")]
public sealed partial record NamespaceSpec
{
    /// <summary>What must be cleaned up before the namespace is removed.</summary>
    [Field(1, "finalizers", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(FinalizerName))]
    public partial ValueList<string> Finalizers { get; init; }
}

/// <summary>What has become of a namespace.</summary>
[ApiType("io.k8s.api.core.v1.NamespaceStatus")]
public sealed partial record NamespaceStatus
{
    /// <summary>Active, or Terminating while it is being deleted.</summary>
    [Field(1, "phase", OmitEmpty = true, EnumOf = typeof(NamespacePhase))]
    public partial string Phase { get; init; }

    /// <summary>What holds up its deletion.</summary>
    [Field(2, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<NamespaceCondition> Conditions { get; init; }
}

/// <summary>The values of <c>FinalizerName</c>.</summary>
public static class FinalizerName
{
    public const string Kubernetes = "kubernetes";
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.core.v1.NamespaceCondition")]
public sealed partial record NamespaceCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(NamespaceConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
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
