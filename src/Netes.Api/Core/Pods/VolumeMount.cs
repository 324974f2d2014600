using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A volume in a container's file system.</summary>
[ApiType("io.k8s.api.core.v1.VolumeMount")]
public sealed partial record VolumeMount
{
    /// <summary>The name of the volume.</summary>
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    /// <summary>True forbids writing.</summary>
    [Field(2, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(7, "recursiveReadOnly", OmitEmpty = true, EnumOf = typeof(RecursiveReadOnlyMode))]
    public partial string? RecursiveReadOnly { get; init; }

    /// <summary>Where in the container it is mounted.</summary>
    [Field(3, "mountPath", Required = true)]
    public partial string MountPath { get; init; }

    /// <summary>The part of the volume that is mounted.</summary>
    [Field(4, "subPath", OmitEmpty = true)]
    public partial string SubPath { get; init; }

    /// <summary>Whether mounts made later are seen on the other side.</summary>
    [Field(5, "mountPropagation", OmitEmpty = true, EnumOf = typeof(MountPropagationMode))]
    public partial string? MountPropagation { get; init; }

    /// <summary>As subPath, with variables expanded.</summary>
    [Field(6, "subPathExpr", OmitEmpty = true)]
    public partial string SubPathExpr { get; init; }
}
