using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeSource")]
public sealed partial record DownwardAPIVolumeSource
{
    [Field(1, "items", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DownwardAPIVolumeFile> Items { get; init; }

    [Field(2, "defaultMode", OmitEmpty = true)]
    public partial int? DefaultMode { get; init; }
}
