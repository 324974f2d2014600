using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.NonResourceAttributes")]
public sealed partial record NonResourceAttributes
{
    [Field(1, "path", OmitEmpty = true)]
    public partial string Path { get; init; }

    [Field(2, "verb", OmitEmpty = true)]
    public partial string Verb { get; init; }
}
