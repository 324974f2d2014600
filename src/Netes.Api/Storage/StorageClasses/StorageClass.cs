using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Storage;

[ApiType("io.k8s.api.storage.v1.StorageClass")]
[ApiKind("storage.k8s.io", "v1", "StorageClass")]
public sealed partial record StorageClass : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "provisioner", Required = true)]
    public partial string Provisioner { get; init; }

    [Field(3, "parameters", OmitEmpty = true)]
    public partial ValueMap<string> Parameters { get; init; }

    [Field(4, "reclaimPolicy", OmitEmpty = true, EnumOf = typeof(PersistentVolumeReclaimPolicy))]
    public partial string? ReclaimPolicy { get; init; }

    [Field(5, "mountOptions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> MountOptions { get; init; }

    [Field(6, "allowVolumeExpansion", OmitEmpty = true)]
    public partial bool? AllowVolumeExpansion { get; init; }

    [Field(7, "volumeBindingMode", OmitEmpty = true, EnumOf = typeof(VolumeBindingMode))]
    public partial string? VolumeBindingMode { get; init; }

    [Field(8, "allowedTopologies", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<TopologySelectorTerm> AllowedTopologies { get; init; }
}

[ApiType("io.k8s.api.storage.v1.StorageClassList")]
[ApiKind("storage.k8s.io", "v1", "StorageClassList")]
public sealed partial record StorageClassList : IKubernetesList<StorageClass>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<StorageClass> Items { get; init; }
}

/// <summary>The values of <c>VolumeBindingMode</c>.</summary>
public static class VolumeBindingMode
{
    public const string Immediate = "Immediate";
    public const string WaitForFirstConsumer = "WaitForFirstConsumer";
}
