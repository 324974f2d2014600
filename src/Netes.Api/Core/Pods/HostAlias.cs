using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.HostAlias")]
public sealed partial record HostAlias
{
    [Field(1, "ip", Required = true)]
    public partial string IP { get; init; }

    [Field(2, "hostnames", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Hostnames { get; init; }
}
