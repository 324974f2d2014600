using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.OpaqueDeviceConfiguration")]
public sealed partial record OpaqueDeviceConfiguration
{
    [Field(1, "driver", Required = true)]
    public partial string Driver { get; init; }

    [Field(2, "parameters", Required = true)]
    public partial RawJson? Parameters { get; init; }
}
