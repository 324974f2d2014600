using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.GlusterfsPersistentVolumeSource")]
public sealed partial record GlusterfsPersistentVolumeSource
{
    [Field(1, "endpoints", Required = true)]
    public partial string EndpointsName { get; init; }

    [Field(2, "path", Required = true)]
    public partial string Path { get; init; }

    [Field(3, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(4, "endpointsNamespace", OmitEmpty = true)]
    public partial string? EndpointsNamespace { get; init; }
}
