using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceStatus")]
public sealed partial record ResourceStatus
{
    [Field(1, "name", Required = true, EnumOf = typeof(ResourceName))]
    public partial string Name { get; init; }

    [Field(2, "resources", OmitEmpty = true, ListType = "map", ListMapKeys = ["resourceID"])]
    public partial ValueList<ResourceHealth> Resources { get; init; }
}
