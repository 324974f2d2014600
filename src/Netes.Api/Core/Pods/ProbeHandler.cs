using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>How the question is asked; one of them.</summary>
[ApiType("io.k8s.api.core.v1.ProbeHandler")]
public sealed partial record ProbeHandler
{
    /// <summary>Runs a command in the container.</summary>
    [Field(1, "exec", OmitEmpty = true)]
    public partial ExecAction? Exec { get; init; }

    /// <summary>Makes an HTTP request.</summary>
    [Field(2, "httpGet", OmitEmpty = true)]
    public partial HTTPGetAction? HTTPGet { get; init; }

    /// <summary>Opens a connection.</summary>
    [Field(3, "tcpSocket", OmitEmpty = true)]
    public partial TCPSocketAction? TCPSocket { get; init; }

    /// <summary>Calls the gRPC health service.</summary>
    [Field(4, "grpc", OmitEmpty = true)]
    public partial GRPCAction? GRPC { get; init; }
}
