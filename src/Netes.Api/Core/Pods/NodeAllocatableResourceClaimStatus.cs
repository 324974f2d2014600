using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus")]
public sealed partial record NodeAllocatableResourceClaimStatus
{
    [Field(1, "resourceClaimName", Required = true)]
    public partial string ResourceClaimName { get; init; }

    [Field(2, "containers", OmitEmpty = true, ListType = "set")]
    public partial ValueList<string> Containers { get; init; }

    [Field(3, "resources", Required = true)]
    public partial ValueMap<Quantity> Resources { get; init; }
}
