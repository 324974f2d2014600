using System.Net;
using System.Net.Sockets;
using Netes.NodeTests.Machines;

namespace Netes.EndToEnd.Rollouts;

/// <summary>
/// A place from which the app is asked, and the address that is asked there: a Service's own address in the network of
/// a node or of a pod, or a node's port from the machine.
/// </summary>
internal sealed record LoadEntry(string Name, IPEndPoint Address, NetworkNamespace? From = null)
{
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancel)
    {
        if (From is not null)
        {
            return await From.ConnectAsync(Address, cancel);
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Address, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
