using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodPortForwardOptions")]
[ApiKind("", "v1", "PodPortForwardOptions")]
public sealed partial record PodPortForwardOptions
{
    [Field(1, "ports", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<int> Ports { get; init; }
}
