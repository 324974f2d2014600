using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeResourceRequirements")]
public sealed partial record VolumeResourceRequirements
{
    [Field(1, "limits", OmitEmpty = true)]
    public partial ValueMap<Quantity> Limits { get; init; }

    [Field(2, "requests", OmitEmpty = true)]
    public partial ValueMap<Quantity> Requests { get; init; }
}
