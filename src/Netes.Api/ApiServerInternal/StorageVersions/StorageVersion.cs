using Netes.Api.Meta;

namespace Netes.Api.ApiServerInternal;

/// <summary>
/// In which versions the API servers store one resource, and which ones each of them can read. Named
/// <c>group.resource</c>, with <c>core</c> for the group without a name.
/// </summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersion")]
[ApiKind("internal.apiserver.k8s.io", "v1alpha1", "StorageVersion")]
public sealed partial record StorageVersion : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>Nothing: it is there because every kind has one.</summary>
    [Field(2, "spec", Required = true)]
    public partial StorageVersionSpec Spec { get; init; }

    /// <summary>What the API servers say of themselves.</summary>
    [Field(3, "status", Required = true)]
    public partial StorageVersionStatus Status { get; init; }
}

/// <summary>A list of objects of kind StorageVersion.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionList")]
[ApiKind("internal.apiserver.k8s.io", "v1alpha1", "StorageVersionList")]
public sealed partial record StorageVersionList : IKubernetesList<StorageVersion>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<StorageVersion> Items { get; init; }
}

/// <summary>Has no fields.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionSpec")]
public sealed partial record StorageVersionSpec;

/// <summary>What the API servers say of one resource.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionStatus")]
public sealed partial record StorageVersionStatus
{
    /// <summary>One entry per API server.</summary>
    [Field(1, "storageVersions", OmitEmpty = true, ListType = "map", ListMapKeys = ["apiServerID"])]
    public partial ValueList<ServerStorageVersion> StorageVersions { get; init; }

    /// <summary>The version in which all of them store; absent while they differ.</summary>
    [Field(2, "commonEncodingVersion", OmitEmpty = true)]
    public partial string? CommonEncodingVersion { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(3, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"])]
    public partial ValueList<StorageVersionCondition> Conditions { get; init; }
}

/// <summary>What one API server says of one resource.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.ServerStorageVersion")]
public sealed partial record ServerStorageVersion
{
    /// <summary>Which server: the name of its lease in kube-system.</summary>
    [Field(1, "apiServerID", OmitEmpty = true)]
    public partial string APIServerID { get; init; }

    /// <summary>The version in which it stores objects.</summary>
    [Field(2, "encodingVersion", OmitEmpty = true)]
    public partial string EncodingVersion { get; init; }

    /// <summary>The versions that it can read from the store; the one it stores in is among them.</summary>
    [Field(3, "decodableVersions", OmitEmpty = true, ListType = "set")]
    public partial ValueList<string> DecodableVersions { get; init; }

    /// <summary>The versions that it serves; all of them are decodable.</summary>
    [Field(4, "servedVersions", OmitEmpty = true, ListType = "set")]
    public partial ValueList<string> ServedVersions { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionCondition")]
public sealed partial record StorageVersionCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true)]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true)]
    public partial string Status { get; init; }

    /// <summary>The generation that the condition describes.</summary>
    [Field(3, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5, "reason", Required = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(6, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}

/// <summary>The values of <c>StorageVersionConditionType</c>.</summary>
public static class StorageVersionConditionType
{
    /// <summary>All API servers store the resource in the same version.</summary>
    public const string AllEncodingVersionsEqual = "AllEncodingVersionsEqual";
}
