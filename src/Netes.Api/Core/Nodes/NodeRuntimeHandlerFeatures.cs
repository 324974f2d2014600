using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeRuntimeHandlerFeatures")]
public sealed partial record NodeRuntimeHandlerFeatures
{
    [Field(1, "recursiveReadOnlyMounts", OmitEmpty = true)]
    public partial bool? RecursiveReadOnlyMounts { get; init; }

    [Field(2, "userNamespaces", OmitEmpty = true)]
    public partial bool? UserNamespaces { get; init; }
}
