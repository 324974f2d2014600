using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodProxyOptions")]
[ApiKind("", "v1", "PodProxyOptions")]
public sealed partial record PodProxyOptions
{
    [Field(1, "path", OmitEmpty = true)]
    public partial string Path { get; init; }
}
