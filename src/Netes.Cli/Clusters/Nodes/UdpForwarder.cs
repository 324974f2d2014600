using System.Net;
using System.Net.Sockets;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// Carries datagrams: each client gets a socket of its own into the node, closed after a minute of silence.
/// </summary>
internal static class UdpForwarder
{
    private const int Clients = 256;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(Socket listener, IPEndPoint target, CancellationToken cancel)
    {
        var flows = new Dictionary<EndPoint, (Socket Socket, Task Replies)>();
        var buffer = new byte[64 << 10];
        try
        {
            while (true)
            {
                var packet = await listener.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), cancel);
                foreach (var ended in flows.Where(flow => flow.Value.Replies.IsCompleted).Select(f => f.Key).ToArray())
                {
                    flows.Remove(ended);
                }

                if (!flows.TryGetValue(packet.RemoteEndPoint, out var flow) && flows.Count < Clients)
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                    await socket.ConnectAsync(target, cancel);
                    flow = (socket, RepliesAsync(socket, listener, packet.RemoteEndPoint, cancel));
                    flows.Add(packet.RemoteEndPoint, flow);
                }

                await SendAsync(flow.Socket, buffer.AsMemory(0, packet.ReceivedBytes), cancel);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(flows.Values.Select(flow => flow.Replies));
            listener.Dispose();
        }
    }

    private static async Task SendAsync(Socket? to, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            if (to is not null)
            {
                await to.SendAsync(bytes, cancel);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Nobody listens in the node, or the flow just timed out: a datagram may be lost.
        }
    }

    private static async Task RepliesAsync(Socket from, Socket to, EndPoint client, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var buffer = new byte[64 << 10];
        try
        {
            while (true)
            {
                silence.CancelAfter(Silence);
                var count = await from.ReceiveAsync(buffer, silence.Token);
                await to.SendToAsync(buffer.AsMemory(0, count), client, cancel);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            from.Dispose();
        }
    }
}
