using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMap")]
[ApiKind("", "v1", "ConfigMap")]
public sealed partial record ConfigMap : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(4, "immutable", OmitEmpty = true)]
    public partial bool? Immutable { get; init; }

    [Field(2, "data", OmitEmpty = true)]
    public partial ValueMap<string> Data { get; init; }

    [Field(3, "binaryData", OmitEmpty = true)]
    public partial ValueMap<ByteString> BinaryData { get; init; }
}

[ApiType("io.k8s.api.core.v1.ConfigMapList")]
[ApiKind("", "v1", "ConfigMapList")]
public sealed partial record ConfigMapList : IKubernetesList<ConfigMap>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<ConfigMap> Items { get; init; }
}
