using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretProjection")]
public sealed partial record SecretProjection
{
    [Field(1, Inline = true)]
    public partial LocalObjectReference LocalObjectReference { get; init; }

    [Field(2, "items", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<KeyToPath> Items { get; init; }

    [Field(4, "optional", OmitEmpty = true)]
    public partial bool? Optional { get; init; }
}
