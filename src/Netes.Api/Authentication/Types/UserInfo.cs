using Netes.Api.Meta;

namespace Netes.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.UserInfo")]
public sealed partial record UserInfo
{
    [Field(1, "username", OmitEmpty = true)]
    public partial string Username { get; init; }

    [Field(2, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }

    [Field(3, "groups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Groups { get; init; }

    [Field(4, "extra", OmitEmpty = true)]
    public partial ValueMap<ValueList<string>> Extra { get; init; }
}
