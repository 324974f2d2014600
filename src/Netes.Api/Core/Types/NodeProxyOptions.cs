using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeProxyOptions")]
[ApiKind("", "v1", "NodeProxyOptions")]
public sealed partial record NodeProxyOptions
{
    [Field(1, "path", OmitEmpty = true)]
    public partial string Path { get; init; }
}
