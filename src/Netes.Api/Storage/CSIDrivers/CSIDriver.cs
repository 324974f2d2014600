using Netes.Api.Meta;

namespace Netes.Api.Storage;

[ApiType("io.k8s.api.storage.v1.CSIDriver")]
[ApiKind("storage.k8s.io", "v1", "CSIDriver")]
public sealed partial record CSIDriver : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial CSIDriverSpec Spec { get; init; }
}

/// <summary>A list of objects of kind CSIDriver.</summary>
[ApiType("io.k8s.api.storage.v1.CSIDriverList")]
[ApiKind("storage.k8s.io", "v1", "CSIDriverList")]
public sealed partial record CSIDriverList : IKubernetesList<CSIDriver>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<CSIDriver> Items { get; init; }
}

[ApiType("io.k8s.api.storage.v1.CSIDriverSpec")]
public sealed partial record CSIDriverSpec
{
    [Field(1, "attachRequired", OmitEmpty = true)]
    public partial bool? AttachRequired { get; init; }

    [Field(2, "podInfoOnMount", OmitEmpty = true)]
    public partial bool? PodInfoOnMount { get; init; }

    [Field(3, "volumeLifecycleModes", OmitEmpty = true, ListType = "set", EnumOf = typeof(VolumeLifecycleMode))]
    public partial ValueList<string> VolumeLifecycleModes { get; init; }

    [Field(4, "storageCapacity", OmitEmpty = true)]
    public partial bool? StorageCapacity { get; init; }

    [Field(5, "fsGroupPolicy", OmitEmpty = true, EnumOf = typeof(FSGroupPolicy))]
    public partial string? FSGroupPolicy { get; init; }

    [Field(6, "tokenRequests", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<TokenRequest> TokenRequests { get; init; }

    [Field(7, "requiresRepublish", OmitEmpty = true)]
    public partial bool? RequiresRepublish { get; init; }

    [Field(8, "seLinuxMount", OmitEmpty = true)]
    public partial bool? SELinuxMount { get; init; }

    [Field(9, "nodeAllocatableUpdatePeriodSeconds", OmitEmpty = true)]
    public partial long? NodeAllocatableUpdatePeriodSeconds { get; init; }

    [Field(10, "serviceAccountTokenInSecrets", OmitEmpty = true)]
    public partial bool? ServiceAccountTokenInSecrets { get; init; }

    [Field(11, "preventPodSchedulingIfMissing", OmitEmpty = true)]
    public partial bool? PreventPodSchedulingIfMissing { get; init; }
}

/// <summary>The values of <c>FSGroupPolicy</c>.</summary>
public static class FSGroupPolicy
{
    public const string File = "File";
    public const string None = "None";
    public const string ReadWriteOnceWithFSType = "ReadWriteOnceWithFSType";
}

[ApiType("io.k8s.api.storage.v1.TokenRequest")]
public sealed partial record TokenRequest
{
    [Field(1, "audience", Required = true)]
    public partial string Audience { get; init; }

    [Field(2, "expirationSeconds", OmitEmpty = true)]
    public partial long? ExpirationSeconds { get; init; }
}

/// <summary>The values of <c>VolumeLifecycleMode</c>.</summary>
public static class VolumeLifecycleMode
{
    public const string Ephemeral = "Ephemeral";
    public const string Persistent = "Persistent";
}
