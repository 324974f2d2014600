using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ProjectedVolumeSource")]
public sealed partial record ProjectedVolumeSource
{
    [Field(1, "sources", ListType = "atomic")]
    public partial ValueList<VolumeProjection> Sources { get; init; }

    [Field(2, "defaultMode", OmitEmpty = true)]
    public partial int? DefaultMode { get; init; }
}
