using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.GCEPersistentDiskVolumeSource")]
public sealed partial record GCEPersistentDiskVolumeSource
{
    [Field(1, "pdName", Required = true)]
    public partial string PDName { get; init; }

    [Field(2, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(3, "partition", OmitEmpty = true)]
    public partial int Partition { get; init; }

    [Field(4, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }
}
