using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceConfiguration")]
public sealed partial record DeviceConfiguration
{
    [Field(1, "opaque", OmitEmpty = true)]
    public partial OpaqueDeviceConfiguration? Opaque { get; init; }
}
