using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.DownwardAPIProjection")]
public sealed partial record DownwardAPIProjection
{
    [Field(1, "items", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DownwardAPIVolumeFile> Items { get; init; }
}
