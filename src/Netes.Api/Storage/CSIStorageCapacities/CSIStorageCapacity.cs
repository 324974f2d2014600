using Netes.Api.Meta;

namespace Netes.Api.Storage;

[ApiType("io.k8s.api.storage.v1.CSIStorageCapacity")]
[ApiKind("storage.k8s.io", "v1", "CSIStorageCapacity")]
public sealed partial record CSIStorageCapacity : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "nodeTopology", OmitEmpty = true)]
    public partial LabelSelector? NodeTopology { get; init; }

    [Field(3, "storageClassName", Required = true)]
    public partial string StorageClassName { get; init; }

    [Field(4, "capacity", OmitEmpty = true)]
    public partial Quantity? Capacity { get; init; }

    [Field(5, "maximumVolumeSize", OmitEmpty = true)]
    public partial Quantity? MaximumVolumeSize { get; init; }
}

/// <summary>A list of objects of kind CSIStorageCapacity.</summary>
[ApiType("io.k8s.api.storage.v1.CSIStorageCapacityList")]
[ApiKind("storage.k8s.io", "v1", "CSIStorageCapacityList")]
public sealed partial record CSIStorageCapacityList : IKubernetesList<CSIStorageCapacity>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<CSIStorageCapacity> Items { get; init; }
}
