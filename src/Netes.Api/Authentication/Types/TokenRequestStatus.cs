using Netes.Api.Meta;

namespace Netes.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.TokenRequestStatus")]
public sealed partial record TokenRequestStatus
{
    [Field(1, "token")]
    public partial string Token { get; init; }

    [Field(2, "expirationTimestamp")]
    public partial Timestamp? ExpirationTimestamp { get; init; }
}
