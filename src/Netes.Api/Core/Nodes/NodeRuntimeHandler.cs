using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeRuntimeHandler")]
public sealed partial record NodeRuntimeHandler
{
    [Field(1, "name")]
    public partial string Name { get; init; }

    [Field(2, "features", OmitEmpty = true)]
    public partial NodeRuntimeHandlerFeatures? Features { get; init; }
}
