using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeAddress")]
public sealed partial record NodeAddress
{
    [Field(1, "type", Required = true, EnumOf = typeof(NodeAddressType))]
    public partial string Type { get; init; }

    [Field(2, "address", Required = true)]
    public partial string Address { get; init; }
}
