using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.TCPSocketAction")]
public sealed partial record TCPSocketAction
{
    [Field(1, "port", Required = true)]
    public partial IntOrString Port { get; init; }

    [Field(2, "host", OmitEmpty = true)]
    public partial string Host { get; init; }
}
