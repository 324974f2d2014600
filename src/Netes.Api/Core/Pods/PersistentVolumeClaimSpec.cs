using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>The storage that is wanted.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimSpec")]
public sealed partial record PersistentVolumeClaimSpec
{
    /// <summary>How it is mounted, such as ReadWriteOnce.</summary>
    [Field(1, "accessModes", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(PersistentVolumeAccessMode))]
    public partial ValueList<string> AccessModes { get; init; }

    /// <summary>Which volumes may be bound.</summary>
    [Field(4, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }

    /// <summary>How much is needed.</summary>
    [Field(2, "resources", OmitEmpty = true)]
    public partial VolumeResourceRequirements Resources { get; init; }

    /// <summary>The volume the claim is bound to.</summary>
    [Field(3, "volumeName", OmitEmpty = true)]
    public partial string VolumeName { get; init; }

    /// <summary>The class that makes the volume.</summary>
    [Field(5, "storageClassName", OmitEmpty = true)]
    public partial string? StorageClassName { get; init; }

    /// <summary>Filesystem or Block.</summary>
    [Field(6, "volumeMode", OmitEmpty = true, EnumOf = typeof(PersistentVolumeMode))]
    public partial string? VolumeMode { get; init; }

    /// <summary>What the volume is filled with.</summary>
    [Field(7, "dataSource", OmitEmpty = true)]
    public partial TypedLocalObjectReference? DataSource { get; init; }

    /// <summary>What the volume is filled with.</summary>
    [Field(8, "dataSourceRef", OmitEmpty = true)]
    public partial TypedObjectReference? DataSourceRef { get; init; }

    [Field(9, "volumeAttributesClassName", OmitEmpty = true)]
    public partial string? VolumeAttributesClassName { get; init; }
}
