using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Defaults and limits for each object of a namespace.</summary>
[ApiType("io.k8s.api.core.v1.LimitRange")]
[ApiKind("", "v1", "LimitRange")]
public sealed partial record LimitRange : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial LimitRangeSpec Spec { get; init; }
}

/// <summary>A list of objects of kind LimitRange.</summary>
[ApiType("io.k8s.api.core.v1.LimitRangeList")]
[ApiKind("", "v1", "LimitRangeList")]
public sealed partial record LimitRangeList : IKubernetesList<LimitRange>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<LimitRange> Items { get; init; }
}

/// <summary>The limits.</summary>
[ApiType("io.k8s.api.core.v1.LimitRangeSpec")]
public sealed partial record LimitRangeSpec
{
    /// <summary>Limits by type of object.</summary>
    [Field(1, "limits", Required = true, ListType = "atomic")]
    public partial ValueList<LimitRangeItem> Limits { get; init; }
}

[ApiType("io.k8s.api.core.v1.LimitRangeItem")]
public sealed partial record LimitRangeItem
{
    [Field(1, "type", Required = true, EnumOf = typeof(LimitType))]
    public partial string Type { get; init; }

    [Field(2, "max", OmitEmpty = true)]
    public partial ValueMap<Quantity> Max { get; init; }

    [Field(3, "min", OmitEmpty = true)]
    public partial ValueMap<Quantity> Min { get; init; }

    [Field(4, "default", OmitEmpty = true)]
    public partial ValueMap<Quantity> Default { get; init; }

    [Field(5, "defaultRequest", OmitEmpty = true)]
    public partial ValueMap<Quantity> DefaultRequest { get; init; }

    [Field(6, "maxLimitRequestRatio", OmitEmpty = true)]
    public partial ValueMap<Quantity> MaxLimitRequestRatio { get; init; }
}

/// <summary>The values of <c>LimitType</c>.</summary>
public static class LimitType
{
    public const string Container = "Container";
    public const string PersistentVolumeClaim = "PersistentVolumeClaim";
    public const string Pod = "Pod";
}
