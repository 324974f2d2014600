using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeMount")]
public sealed partial record VolumeMount
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(7, "recursiveReadOnly", OmitEmpty = true, EnumOf = typeof(RecursiveReadOnlyMode))]
    public partial string? RecursiveReadOnly { get; init; }

    [Field(3, "mountPath", Required = true)]
    public partial string MountPath { get; init; }

    [Field(4, "subPath", OmitEmpty = true)]
    public partial string SubPath { get; init; }

    [Field(5, "mountPropagation", OmitEmpty = true, EnumOf = typeof(MountPropagationMode))]
    public partial string? MountPropagation { get; init; }

    [Field(6, "subPathExpr", OmitEmpty = true)]
    public partial string SubPathExpr { get; init; }
}
