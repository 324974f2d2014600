using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodResourceClaim")]
public sealed partial record PodResourceClaim
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(3, "resourceClaimName", OmitEmpty = true)]
    public partial string? ResourceClaimName { get; init; }

    [Field(4, "resourceClaimTemplateName", OmitEmpty = true)]
    public partial string? ResourceClaimTemplateName { get; init; }
}
