using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodIP")]
public sealed partial record PodIP
{
    [Field(1, "ip", Required = true)]
    public partial string IP { get; init; }
}
