using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimSpec")]
public sealed partial record PersistentVolumeClaimSpec
{
    [Field(1, "accessModes", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(PersistentVolumeAccessMode))]
    public partial ValueList<string> AccessModes { get; init; }

    [Field(4, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }

    [Field(2, "resources", OmitEmpty = true)]
    public partial VolumeResourceRequirements Resources { get; init; }

    [Field(3, "volumeName", OmitEmpty = true)]
    public partial string VolumeName { get; init; }

    [Field(5, "storageClassName", OmitEmpty = true)]
    public partial string? StorageClassName { get; init; }

    [Field(6, "volumeMode", OmitEmpty = true, EnumOf = typeof(PersistentVolumeMode))]
    public partial string? VolumeMode { get; init; }

    [Field(7, "dataSource", OmitEmpty = true)]
    public partial TypedLocalObjectReference? DataSource { get; init; }

    [Field(8, "dataSourceRef", OmitEmpty = true)]
    public partial TypedObjectReference? DataSourceRef { get; init; }

    [Field(9, "volumeAttributesClassName", OmitEmpty = true)]
    public partial string? VolumeAttributesClassName { get; init; }
}
