using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceRequest")]
public sealed partial record DeviceRequest
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "exactly", OmitEmpty = true)]
    public partial ExactDeviceRequest? Exactly { get; init; }

    [Field(3, "firstAvailable", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceSubRequest> FirstAvailable { get; init; }
}
