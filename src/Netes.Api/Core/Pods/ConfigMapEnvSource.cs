using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapEnvSource")]
public sealed partial record ConfigMapEnvSource
{
    [Field(1, Inline = true)]
    public partial LocalObjectReference LocalObjectReference { get; init; }

    [Field(2, "optional", OmitEmpty = true)]
    public partial bool? Optional { get; init; }
}
