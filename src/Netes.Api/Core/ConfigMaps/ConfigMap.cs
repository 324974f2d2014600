using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Configuration that pods can read.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMap")]
[ApiKind("", "v1", "ConfigMap")]
public sealed partial record ConfigMap : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>True forbids any change of the data.</summary>
    [Field(4, "immutable", OmitEmpty = true)]
    public partial bool? Immutable { get; init; }

    /// <summary>Texts by key.</summary>
    [Field(2, "data", OmitEmpty = true)]
    public partial ValueMap<string> Data { get; init; }

    /// <summary>Bytes by key.</summary>
    [Field(3, "binaryData", OmitEmpty = true)]
    public partial ValueMap<ByteString> BinaryData { get; init; }
}

/// <summary>A list of objects of kind ConfigMap.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMapList")]
[ApiKind("", "v1", "ConfigMapList")]
public sealed partial record ConfigMapList : IKubernetesList<ConfigMap>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ConfigMap> Items { get; init; }
}
