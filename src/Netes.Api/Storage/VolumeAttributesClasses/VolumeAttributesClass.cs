using Netes.Api.Meta;

namespace Netes.Api.Storage;

[ApiType("io.k8s.api.storage.v1.VolumeAttributesClass")]
[ApiKind("storage.k8s.io", "v1", "VolumeAttributesClass")]
public sealed partial record VolumeAttributesClass : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "driverName", Required = true)]
    public partial string DriverName { get; init; }

    [Field(3, "parameters", OmitEmpty = true)]
    public partial ValueMap<string> Parameters { get; init; }
}

/// <summary>A list of objects of kind VolumeAttributesClass.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeAttributesClassList")]
[ApiKind("storage.k8s.io", "v1", "VolumeAttributesClassList")]
public sealed partial record VolumeAttributesClassList : IKubernetesList<VolumeAttributesClass>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<VolumeAttributesClass> Items { get; init; }
}
