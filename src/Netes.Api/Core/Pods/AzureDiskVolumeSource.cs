using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.AzureDiskVolumeSource")]
public sealed partial record AzureDiskVolumeSource
{
    [Field(1, "diskName", Required = true)]
    public partial string DiskName { get; init; }

    [Field(2, "diskURI", Required = true)]
    public partial string DataDiskURI { get; init; }

    [Field(3, "cachingMode", OmitEmpty = true, Default = "\"ReadWrite\"", EnumOf = typeof(AzureDataDiskCachingMode))]
    public partial string? CachingMode { get; init; }

    [Field(4, "fsType", OmitEmpty = true, Default = "\"ext4\"")]
    public partial string? FSType { get; init; }

    [Field(5, "readOnly", OmitEmpty = true, Default = "false")]
    public partial bool? ReadOnly { get; init; }

    [Field(6, "kind", OmitEmpty = true, Default = "\"Shared\"", EnumOf = typeof(AzureDataDiskKind))]
    public partial string? Kind { get; init; }
}
