using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.TypedObjectReference")]
public sealed partial record TypedObjectReference
{
    [Field(1, "apiGroup")]
    public partial string? ApiGroup { get; init; }

    [Field(2, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(3, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(4, "namespace", OmitEmpty = true)]
    public partial string? Namespace { get; init; }
}
