using Netes.Api.Meta;
using Netes.Api.Scheduling;
using Netes.Api.Storage;

namespace Netes.Api.Core;

/// <summary>What all objects of a namespace may use together.</summary>
[ApiType("io.k8s.api.core.v1.ResourceQuota")]
[ApiKind("", "v1", "ResourceQuota")]
public sealed partial record ResourceQuota : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial ResourceQuotaSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial ResourceQuotaStatus Status { get; init; }
}

/// <summary>A list of objects of kind ResourceQuota.</summary>
[ApiType("io.k8s.api.core.v1.ResourceQuotaList")]
[ApiKind("", "v1", "ResourceQuotaList")]
public sealed partial record ResourceQuotaList : IKubernetesList<ResourceQuota>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ResourceQuota> Items { get; init; }
}

/// <summary>The limits.</summary>
[ApiType("io.k8s.api.core.v1.ResourceQuotaSpec")]
public sealed partial record ResourceQuotaSpec
{
    /// <summary>The most of each resource.</summary>
    [Field(1, "hard", OmitEmpty = true)]
    public partial ValueMap<Quantity> Hard { get; init; }

    /// <summary>Which objects are counted.</summary>
    [Field(2, "scopes", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(ResourceQuotaScope))]
    public partial ValueList<string> Scopes { get; init; }

    /// <summary>Which objects are counted.</summary>
    [Field(3, "scopeSelector", OmitEmpty = true)]
    public partial ScopeSelector? ScopeSelector { get; init; }
}

/// <summary>The limits and what is used of them.</summary>
[ApiType("io.k8s.api.core.v1.ResourceQuotaStatus")]
public sealed partial record ResourceQuotaStatus
{
    /// <summary>The limits in force.</summary>
    [Field(1, "hard", OmitEmpty = true)]
    public partial ValueMap<Quantity> Hard { get; init; }

    /// <summary>What is used.</summary>
    [Field(2, "used", OmitEmpty = true)]
    public partial ValueMap<Quantity> Used { get; init; }
}

/// <summary>The values of <c>ResourceQuotaScope</c>.</summary>
public static class ResourceQuotaScope
{
    public const string BestEffort = "BestEffort";
    public const string CrossNamespacePodAffinity = "CrossNamespacePodAffinity";
    public const string NotBestEffort = "NotBestEffort";
    public const string NotTerminating = "NotTerminating";
    public const string PriorityClass = "PriorityClass";
    public const string Terminating = "Terminating";
    public const string VolumeAttributesClass = "VolumeAttributesClass";
}

[ApiType("io.k8s.api.core.v1.ScopeSelector")]
public sealed partial record ScopeSelector
{
    [Field(1, "matchExpressions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ScopedResourceSelectorRequirement> MatchExpressions { get; init; }
}

/// <summary>The values of <c>ScopeSelectorOperator</c>.</summary>
public static class ScopeSelectorOperator
{
    public const string DoesNotExist = "DoesNotExist";
    public const string Exists = "Exists";
    public const string In = "In";
    public const string NotIn = "NotIn";
}

[ApiType("io.k8s.api.core.v1.ScopedResourceSelectorRequirement")]
public sealed partial record ScopedResourceSelectorRequirement
{
    [Field(1, "scopeName", Required = true, EnumOf = typeof(ResourceQuotaScope))]
    public partial string ScopeName { get; init; }

    [Field(2, "operator", Required = true, EnumOf = typeof(ScopeSelectorOperator))]
    public partial string Operator { get; init; }

    [Field(3, "values", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Values { get; init; }
}
