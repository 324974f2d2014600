using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.HostIP")]
public sealed partial record HostIP
{
    [Field(1, "ip", Required = true)]
    public partial string IP { get; init; }
}
