using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceClaim")]
public sealed partial record DeviceClaim
{
    [Field(1, "requests", ListType = "atomic")]
    public partial ValueList<DeviceRequest> Requests { get; init; }

    [Field(2, "constraints", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceConstraint> Constraints { get; init; }

    [Field(3, "config", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceClaimConfiguration> Config { get; init; }
}
