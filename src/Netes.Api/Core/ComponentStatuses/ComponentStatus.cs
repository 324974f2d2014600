using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ComponentStatus")]
[ApiKind("", "v1", "ComponentStatus")]
public sealed partial record ComponentStatus : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(2, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<ComponentCondition> Conditions { get; init; }
}

/// <summary>A list of objects of kind ComponentStatus.</summary>
[ApiType("io.k8s.api.core.v1.ComponentStatusList")]
[ApiKind("", "v1", "ComponentStatusList")]
public sealed partial record ComponentStatusList : IKubernetesList<ComponentStatus>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ComponentStatus> Items { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.core.v1.ComponentCondition")]
public sealed partial record ComponentCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(ComponentConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(3, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(4, "error", OmitEmpty = true)]
    public partial string Error { get; init; }
}

/// <summary>The values of <c>ComponentConditionType</c>.</summary>
public static class ComponentConditionType
{
    public const string Healthy = "Healthy";
}
