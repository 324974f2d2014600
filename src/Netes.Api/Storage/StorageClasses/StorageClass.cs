using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Storage;

/// <summary>A kind of storage, and who makes it.</summary>
[ApiType("io.k8s.api.storage.v1.StorageClass")]
[ApiKind("storage.k8s.io", "v1", "StorageClass")]
public sealed partial record StorageClass : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>Who makes the volumes.</summary>
    [Field(2, "provisioner", Required = true)]
    public partial string Provisioner { get; init; }

    /// <summary>Settings for the provisioner.</summary>
    [Field(3, "parameters", OmitEmpty = true)]
    public partial ValueMap<string> Parameters { get; init; }

    /// <summary>What becomes of volumes whose claim is gone.</summary>
    [Field(4, "reclaimPolicy", OmitEmpty = true, EnumOf = typeof(PersistentVolumeReclaimPolicy))]
    public partial string? ReclaimPolicy { get; init; }

    /// <summary>Options of the mounts.</summary>
    [Field(5, "mountOptions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> MountOptions { get; init; }

    /// <summary>True lets volumes grow.</summary>
    [Field(6, "allowVolumeExpansion", OmitEmpty = true)]
    public partial bool? AllowVolumeExpansion { get; init; }

    /// <summary>Immediate, or WaitForFirstConsumer.</summary>
    [Field(7, "volumeBindingMode", OmitEmpty = true, EnumOf = typeof(VolumeBindingMode))]
    public partial string? VolumeBindingMode { get; init; }

    /// <summary>Where volumes may be made.</summary>
    [Field(8, "allowedTopologies", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<TopologySelectorTerm> AllowedTopologies { get; init; }
}

/// <summary>A list of objects of kind StorageClass.</summary>
[ApiType("io.k8s.api.storage.v1.StorageClassList")]
[ApiKind("storage.k8s.io", "v1", "StorageClassList")]
public sealed partial record StorageClassList : IKubernetesList<StorageClass>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<StorageClass> Items { get; init; }
}

/// <summary>The values of <c>VolumeBindingMode</c>.</summary>
public static class VolumeBindingMode
{
    public const string Immediate = "Immediate";
    public const string WaitForFirstConsumer = "WaitForFirstConsumer";
}
