using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSwapStatus")]
public sealed partial record NodeSwapStatus
{
    [Field(1, "capacity", OmitEmpty = true)]
    public partial long? Capacity { get; init; }
}
