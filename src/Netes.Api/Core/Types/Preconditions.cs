using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Preconditions")]
public sealed partial record Preconditions
{
    [Field(1, "uid", OmitEmpty = true)]
    public partial string? Uid { get; init; }
}
