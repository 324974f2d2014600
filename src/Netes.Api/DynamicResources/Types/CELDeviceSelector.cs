using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.CELDeviceSelector")]
public sealed partial record CELDeviceSelector
{
    [Field(1, "expression", Required = true)]
    public partial string Expression { get; init; }
}
