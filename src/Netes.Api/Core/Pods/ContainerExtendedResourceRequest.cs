using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerExtendedResourceRequest")]
public sealed partial record ContainerExtendedResourceRequest
{
    [Field(1, "containerName", Required = true)]
    public partial string ContainerName { get; init; }

    [Field(2, "resourceName", Required = true)]
    public partial string ResourceName { get; init; }

    [Field(3, "requestName", Required = true)]
    public partial string RequestName { get; init; }
}
