using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A connection.</summary>
[ApiType("io.k8s.api.core.v1.TCPSocketAction")]
public sealed partial record TCPSocketAction
{
    /// <summary>The port, by number or by name.</summary>
    [Field(1, "port", Required = true)]
    public partial IntOrString Port { get; init; }

    /// <summary>The host to connect to; the pod itself when empty.</summary>
    [Field(2, "host", OmitEmpty = true)]
    public partial string Host { get; init; }
}
