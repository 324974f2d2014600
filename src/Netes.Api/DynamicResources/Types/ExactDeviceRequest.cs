using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.ExactDeviceRequest")]
public sealed partial record ExactDeviceRequest
{
    [Field(1, "deviceClassName", Required = true)]
    public partial string DeviceClassName { get; init; }

    [Field(2, "selectors", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceSelector> Selectors { get; init; }

    [Field(3, "allocationMode", OmitEmpty = true)]
    public partial string AllocationMode { get; init; }

    [Field(4, "count", OmitEmpty = true)]
    public partial long Count { get; init; }

    [Field(5, "adminAccess", OmitEmpty = true)]
    public partial bool? AdminAccess { get; init; }

    [Field(6, "tolerations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceToleration> Tolerations { get; init; }

    [Field(7, "capacity", OmitEmpty = true)]
    public partial CapacityRequirements? Capacity { get; init; }
}
