using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ServiceAccountTokenProjection")]
public sealed partial record ServiceAccountTokenProjection
{
    [Field(1, "audience", OmitEmpty = true)]
    public partial string Audience { get; init; }

    [Field(2, "expirationSeconds", OmitEmpty = true)]
    public partial long? ExpirationSeconds { get; init; }

    [Field(3, "path", Required = true)]
    public partial string Path { get; init; }
}
