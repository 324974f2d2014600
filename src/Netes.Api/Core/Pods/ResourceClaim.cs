using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceClaim")]
public sealed partial record ResourceClaim
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "request", OmitEmpty = true)]
    public partial string Request { get; init; }
}
