using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceFieldSelector")]
public sealed partial record ResourceFieldSelector
{
    [Field(1, "containerName", OmitEmpty = true)]
    public partial string ContainerName { get; init; }

    [Field(2, "resource", Required = true)]
    public partial string Resource { get; init; }

    [Field(3, "divisor", OmitEmpty = true)]
    public partial Quantity Divisor { get; init; }
}
