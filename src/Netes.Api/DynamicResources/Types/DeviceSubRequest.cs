using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceSubRequest")]
public sealed partial record DeviceSubRequest
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "deviceClassName", Required = true)]
    public partial string DeviceClassName { get; init; }

    [Field(3, "selectors", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceSelector> Selectors { get; init; }

    [Field(4, "allocationMode", OmitEmpty = true)]
    public partial string AllocationMode { get; init; }

    [Field(5, "count", OmitEmpty = true)]
    public partial long Count { get; init; }

    [Field(6, "tolerations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceToleration> Tolerations { get; init; }

    [Field(7, "capacity", OmitEmpty = true)]
    public partial CapacityRequirements? Capacity { get; init; }
}
