using System.Net.Sockets;

namespace Netes.Nodes.Runtime;

/// <summary>The way to what listens on this machine: the runtime, plugins.</summary>
internal static class UnixSockets
{
    public static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
