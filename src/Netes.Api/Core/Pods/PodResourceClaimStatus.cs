using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodResourceClaimStatus")]
public sealed partial record PodResourceClaimStatus
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "resourceClaimName", OmitEmpty = true)]
    public partial string? ResourceClaimName { get; init; }
}
