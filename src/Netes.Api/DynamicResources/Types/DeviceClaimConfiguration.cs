using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceClaimConfiguration")]
public sealed partial record DeviceClaimConfiguration
{
    [Field(1, "requests", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Requests { get; init; }

    [Field(2, Inline = true)]
    public partial DeviceConfiguration DeviceConfiguration { get; init; }
}
