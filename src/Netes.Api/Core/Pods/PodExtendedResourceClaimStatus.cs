using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodExtendedResourceClaimStatus")]
public sealed partial record PodExtendedResourceClaimStatus
{
    [Field(1, "requestMappings", Required = true, ListType = "atomic")]
    public partial ValueList<ContainerExtendedResourceRequest> RequestMappings { get; init; }

    [Field(2, "resourceClaimName", Required = true)]
    public partial string ResourceClaimName { get; init; }
}
