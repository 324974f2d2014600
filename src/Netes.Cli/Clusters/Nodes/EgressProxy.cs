using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// An HTTP proxy on the node's loopback, by which containerd pulls images: the node's own network ends at the switch,
/// and the host's packet filter and routes are left alone. Knows CONNECT (registries speak TLS); whatever else is
/// refused. With a proxy of the user's own, requests are handed on to that. Source: RFC 9110, section 9.3.6.
/// </summary>
internal sealed class EgressProxy(HostNetwork network, Uri? parent)
{
    public const int Port = 3129, LongestHeadBytes = 8192;
    private const int Connections = 256;

    public async Task RunAsync(CancellationToken cancel)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(Connections);
        var open = new HashSet<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(cancel);
                open.RemoveWhere(task => task.IsCompleted);
                if (open.Count >= Connections)
                {
                    client.Dispose();
                    continue;
                }

                open.Add(ServeAsync(client, cancel));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    /// <summary>Host and port of "CONNECT host:port HTTP/1.1"; null for anything else.</summary>
    public static (string Host, int Port)? ParseConnect(string head)
    {
        var target = head.Split("\r\n", 2)[0].Split(' ') is ["CONNECT", var text, "HTTP/1.1" or "HTTP/1.0"] ? text : "";
        var colon = target.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(target.AsSpan(colon + 1), out var port) && port > 0
            ? (target[..colon].Trim('[', ']'), port)
            : null;
    }

    private async Task ServeAsync(Socket client, CancellationToken cancel)
    {
        using (client)
        {
            try
            {
                var head = await ReadHeadAsync(client, cancel);
                if (ParseConnect(head) is not { } target)
                {
                    await SayAsync(client, "HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n", cancel);
                    return;
                }

                using var server = parent is null
                    ? await network.ConnectAsync(target.Host, target.Port, cancel)
                    : await network.ConnectAsync(parent.Host, parent.Port, cancel);
                // A parent proxy answers the CONNECT itself.
                await (parent is null
                    ? SayAsync(client, "HTTP/1.1 200 Connection established\r\n\r\n", cancel)
                    : SayAsync(server, head, cancel));
                await SocketPump.BothAsync(client, server, cancel);
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
            {
                // containerd tells the pod's user that the registry cannot be reached.
                await RefuseAsync(client, error.Message);
            }
        }
    }

    private static async Task<string> ReadHeadAsync(Socket client, CancellationToken cancel)
    {
        var buffer = new byte[LongestHeadBytes];
        var count = 0;
        while (count < buffer.Length)
        {
            var read = await client.ReceiveAsync(buffer.AsMemory(count), cancel);
            count += read;
            if (read == 0 || buffer.AsSpan(0, count).EndsWith("\r\n\r\n"u8))
            {
                break;
            }
        }

        return Encoding.Latin1.GetString(buffer, 0, count);
    }

    private static async Task RefuseAsync(Socket client, string reason)
    {
        try
        {
            await SayAsync(
                client, $"HTTP/1.1 502 {reason.ReplaceLineEndings(" ")}\r\nContent-Length: 0\r\n\r\n", default);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The client has gone, too.
        }
    }

    private static async Task SayAsync(Socket to, string text, CancellationToken cancel) =>
        await to.SendAsync(Encoding.Latin1.GetBytes(text), cancel);
}
