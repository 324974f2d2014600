using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeConfigSource")]
public sealed partial record NodeConfigSource
{
    [Field(2, "configMap", OmitEmpty = true)]
    public partial ConfigMapNodeConfigSource? ConfigMap { get; init; }
}
