using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ProbeHandler")]
public sealed partial record ProbeHandler
{
    [Field(1, "exec", OmitEmpty = true)]
    public partial ExecAction? Exec { get; init; }

    [Field(2, "httpGet", OmitEmpty = true)]
    public partial HTTPGetAction? HTTPGet { get; init; }

    [Field(3, "tcpSocket", OmitEmpty = true)]
    public partial TCPSocketAction? TCPSocket { get; init; }

    [Field(4, "grpc", OmitEmpty = true)]
    public partial GRPCAction? GRPC { get; init; }
}
