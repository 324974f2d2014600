using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeMountStatus")]
public sealed partial record VolumeMountStatus
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "mountPath", Required = true)]
    public partial string MountPath { get; init; }

    [Field(3, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(4, "recursiveReadOnly", OmitEmpty = true, EnumOf = typeof(RecursiveReadOnlyMode))]
    public partial string? RecursiveReadOnly { get; init; }

    [Field(5, "volumeStatus", OmitEmpty = true)]
    public partial VolumeStatus? VolumeStatus { get; init; }
}
