using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretKeySelector")]
public sealed partial record SecretKeySelector
{
    [Field(1, Inline = true)]
    public partial LocalObjectReference LocalObjectReference { get; init; }

    [Field(2, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(3, "optional", OmitEmpty = true)]
    public partial bool? Optional { get; init; }
}
