using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceSelector")]
public sealed partial record DeviceSelector
{
    [Field(1, "cel", OmitEmpty = true)]
    public partial CELDeviceSelector? CEL { get; init; }
}
