using System.Net;
using System.Net.Sockets;

namespace Netes.Nodes;

/// <summary>
/// Opens a connection from where the node's pods are reachable: the node's own network namespace.
/// </summary>
public delegate ValueTask<Stream> Dial(EndPoint endPoint, CancellationToken cancel);

/// <summary>Connections from the namespace that the agent itself runs in.</summary>
public static class DirectDial
{
    public static async ValueTask<Stream> ConnectAsync(EndPoint endPoint, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
