using Netes.Api.Meta;

namespace Netes.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.BoundObjectReference")]
public sealed partial record BoundObjectReference
{
    [Field(1, "kind", OmitEmpty = true)]
    public partial string Kind { get; init; }

    [Field(2, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }

    [Field(3, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(4, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }
}
