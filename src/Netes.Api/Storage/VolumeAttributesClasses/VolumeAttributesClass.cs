using Netes.Api.Meta;

namespace Netes.Api.Storage;

[ApiType("io.k8s.api.storage.v1.VolumeAttributesClass")]
[ApiKind("storage.k8s.io", "v1", "VolumeAttributesClass")]
public sealed partial record VolumeAttributesClass : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "driverName", Required = true)]
    public partial string DriverName { get; init; }

    [Field(3, "parameters", OmitEmpty = true)]
    public partial ValueMap<string> Parameters { get; init; }
}

[ApiType("io.k8s.api.storage.v1.VolumeAttributesClassList")]
[ApiKind("storage.k8s.io", "v1", "VolumeAttributesClassList")]
public sealed partial record VolumeAttributesClassList : IKubernetesList<VolumeAttributesClass>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<VolumeAttributesClass> Items { get; init; }
}
