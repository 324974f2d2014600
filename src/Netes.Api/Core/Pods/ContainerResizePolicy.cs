using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerResizePolicy")]
public sealed partial record ContainerResizePolicy
{
    [Field(1, "resourceName", Required = true, EnumOf = typeof(ResourceName))]
    public partial string ResourceName { get; init; }

    [Field(2, "restartPolicy", Required = true, EnumOf = typeof(ResourceResizeRestartPolicy))]
    public partial string RestartPolicy { get; init; }
}
