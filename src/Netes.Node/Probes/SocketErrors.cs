using System.Net.Sockets;

namespace Netes.Nodes.Probes;

/// <summary>Failed connections in the words that users of Kubernetes know.</summary>
internal static class SocketErrors
{
    public static string Explain(SocketException error, string host, int port)
    {
        var what = error.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connect: connection refused",
            SocketError.HostUnreachable => "connect: no route to host",
            SocketError.NetworkUnreachable => "connect: network is unreachable",
            SocketError.TimedOut => "i/o timeout",
            SocketError.ConnectionReset => "read: connection reset by peer",
            _ => error.Message,
        };
        return FormattableString.Invariant($"dial tcp {host}:{port}: {what}");
    }
}
