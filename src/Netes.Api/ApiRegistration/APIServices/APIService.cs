using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.ApiRegistration;

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService")]
[ApiKind("apiregistration.k8s.io", "v1", "APIService")]
public sealed partial record APIService : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial APIServiceSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial APIServiceStatus Status { get; init; }
}

/// <summary>A list of objects of kind APIService.</summary>
[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceList")]
[ApiKind("apiregistration.k8s.io", "v1", "APIServiceList")]
public sealed partial record APIServiceList : IKubernetesList<APIService>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<APIService> Items { get; init; }
}

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec")]
public sealed partial record APIServiceSpec
{
    [Field(1, "service", OmitEmpty = true)]
    public partial ServiceReference? Service { get; init; }

    [Field(2, "group", OmitEmpty = true)]
    public partial string Group { get; init; }

    [Field(3, "version", OmitEmpty = true)]
    public partial string Version { get; init; }

    [Field(4, "insecureSkipTLSVerify", OmitEmpty = true)]
    public partial bool InsecureSkipTLSVerify { get; init; }

    [Field(5, "caBundle", OmitEmpty = true, ListType = "atomic")]
    public partial ByteString CABundle { get; init; }

    [Field(7, "groupPriorityMinimum", Required = true)]
    public partial int GroupPriorityMinimum { get; init; }

    [Field(8, "versionPriority", Required = true)]
    public partial int VersionPriority { get; init; }
}

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus")]
public sealed partial record APIServiceStatus
{
    /// <summary>Aspects of the state.</summary>
    [Field(1, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<APIServiceCondition> Conditions { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition")]
public sealed partial record APIServiceCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(APIServiceConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
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

/// <summary>The values of <c>APIServiceConditionType</c>.</summary>
public static class APIServiceConditionType
{
    public const string Available = "Available";
}

/// <summary>The values of <c>ConditionStatus</c>.</summary>
public static class ConditionStatus
{
    public const string False = "False";
    public const string True = "True";
    public const string Unknown = "Unknown";
}

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference")]
public sealed partial record ServiceReference
{
    [Field(1, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    [Field(2, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(3, "port", OmitEmpty = true)]
    public partial int? Port { get; init; }
}
