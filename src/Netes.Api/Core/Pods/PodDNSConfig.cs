using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodDNSConfig")]
public sealed partial record PodDNSConfig
{
    [Field(1, "nameservers", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Nameservers { get; init; }

    [Field(2, "searches", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Searches { get; init; }

    [Field(3, "options", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PodDNSConfigOption> Options { get; init; }
}
