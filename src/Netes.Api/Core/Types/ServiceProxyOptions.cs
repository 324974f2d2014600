using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ServiceProxyOptions")]
[ApiKind("", "v1", "ServiceProxyOptions")]
public sealed partial record ServiceProxyOptions
{
    [Field(1, "path", OmitEmpty = true)]
    public partial string Path { get; init; }
}
