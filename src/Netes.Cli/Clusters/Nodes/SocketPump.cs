using System.Net.Sockets;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>Carries bytes between two connections until both directions have ended.</summary>
internal static class SocketPump
{
    private const int BufferBytes = 32 << 10;

    public static Task BothAsync(Socket one, Socket other, CancellationToken cancel) =>
        Task.WhenAll(OneWayAsync(one, other, cancel), OneWayAsync(other, one, cancel));

    // Each direction ends for itself (half-close), as kubectl's streams and HTTP both need.
    private static async Task OneWayAsync(Socket from, Socket to, CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, cancel)) > 0)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancel);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side broke: close both, which ends the other direction, too.
            from.Dispose();
            to.Dispose();
        }
    }
}
