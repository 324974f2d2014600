using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapNodeConfigSource")]
public sealed partial record ConfigMapNodeConfigSource
{
    [Field(1, "namespace", Required = true)]
    public partial string Namespace { get; init; }

    [Field(2, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(3, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }

    [Field(4, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }

    [Field(5, "kubeletConfigKey", Required = true)]
    public partial string KubeletConfigKey { get; init; }
}
