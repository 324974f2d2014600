using Netes.Api.Meta;

namespace Netes.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.TokenRequestSpec")]
public sealed partial record TokenRequestSpec
{
    [Field(1, "audiences", ListType = "atomic")]
    public partial ValueList<string> Audiences { get; init; }

    [Field(4, "expirationSeconds")]
    public partial long? ExpirationSeconds { get; init; }

    [Field(3, "boundObjectRef")]
    public partial BoundObjectReference? BoundObjectRef { get; init; }
}
