using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// Carries the host's ports into the node, over sockets that were opened on the host (see <see cref="NodeBoot"/>).
/// </summary>
internal static class PortForwarder
{
    /// <summary>At most so many connections at once per port; further ones wait in the kernel's queue.</summary>
    private const int Connections = 1024;

    /// <summary>
    /// Takes "descriptor,protocol,port;..." and runs until cancelled. The target is the node's own address, as it is
    /// with kind: node ports and host ports are not served on loopback.
    /// </summary>
    public static Task RunAllAsync(string ports, IPAddress node, CancellationToken cancel) =>
        Task.WhenAll(ports.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port =>
        {
            var parts = port.Split(',');
            var socket = new Socket(new SafeSocketHandle(int.Parse(parts[0], CultureInfo.InvariantCulture), true));
            var target = new IPEndPoint(node, int.Parse(parts[2], CultureInfo.InvariantCulture));
            return parts[1] == "TCP" ? TcpAsync(socket, target, cancel) : UdpForwarder.RunAsync(socket, target, cancel);
        }));

    private static async Task TcpAsync(Socket listener, IPEndPoint target, CancellationToken cancel)
    {
        using var places = new SemaphoreSlim(Connections);
        var open = new HashSet<Task>();
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await places.WaitAsync(cancel);
                var client = await listener.AcceptAsync(cancel);
                open.RemoveWhere(task => task.IsCompleted);
                open.Add(CarryAsync(client, target, places, cancel));
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException error)
            {
                // A client that was gone before it was accepted; the listener itself is fine.
                await Console.Error.WriteLineAsync($"port {target.Port}: {error.Message}");
                places.Release();
            }
        }

        listener.Dispose();
        await Task.WhenAll(open);
    }

    private static async Task CarryAsync(
        Socket client, IPEndPoint target, SemaphoreSlim places, CancellationToken cancel)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            client.NoDelay = server.NoDelay = true;
            await server.ConnectAsync(target, cancel);
            await SocketPump.BothAsync(client, server, cancel);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // The client sees its connection close, which is all that a port can say.
        }
        finally
        {
            client.Dispose();
            places.Release();
        }
    }
}
