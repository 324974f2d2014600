using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceHealth")]
public sealed partial record ResourceHealth
{
    [Field(1, "resourceID", Required = true)]
    public partial string ResourceID { get; init; }

    [Field(2, "health", OmitEmpty = true, EnumOf = typeof(ResourceHealthStatus))]
    public partial string Health { get; init; }

    [Field(6, "message", OmitEmpty = true)]
    public partial string? Message { get; init; }
}
