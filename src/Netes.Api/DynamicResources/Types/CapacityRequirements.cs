using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.CapacityRequirements")]
public sealed partial record CapacityRequirements
{
    [Field(1, "requests", OmitEmpty = true)]
    public partial ValueMap<Quantity> Requests { get; init; }
}
