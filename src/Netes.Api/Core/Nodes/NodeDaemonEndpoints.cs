using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeDaemonEndpoints")]
public sealed partial record NodeDaemonEndpoints
{
    [Field(1, "kubeletEndpoint", OmitEmpty = true)]
    public partial DaemonEndpoint KubeletEndpoint { get; init; }
}
