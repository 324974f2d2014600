using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.FCVolumeSource")]
public sealed partial record FCVolumeSource
{
    [Field(1, "targetWWNs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> TargetWWNs { get; init; }

    [Field(2, "lun", OmitEmpty = true)]
    public partial int? Lun { get; init; }

    [Field(3, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(4, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(5, "wwids", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> WWIDs { get; init; }
}
