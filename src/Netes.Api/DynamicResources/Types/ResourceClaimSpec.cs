using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.ResourceClaimSpec")]
public sealed partial record ResourceClaimSpec
{
    [Field(1, "devices")]
    public partial DeviceClaim Devices { get; init; }
}
