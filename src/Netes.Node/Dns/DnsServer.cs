using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Netes.Nodes.Dns;

/// <summary>
/// Serves one address over UDP and TCP. The zone is read at each query, so a change is seen at once.
/// </summary>
public sealed partial class DnsServer(IPEndPoint address, Func<ClusterZone> zone, DnsUpstream upstream, ILogger logger)
{
    // 1,000 forwarded queries in flight at 4 KiB are 4 MiB; more are refused rather than queued.
    private const int MaxInFlight = 1000;
    private const int MaxTcpClients = 200;
    private static readonly TimeSpan TcpIdle = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _inFlight = new(MaxInFlight);
    private readonly DnsAliases _aliases = new(zone, upstream);
    private readonly SemaphoreSlim _tcpClients = new(MaxTcpClients);

    /// <summary>Serves until cancelled. Throws <see cref="SocketException"/> when the address cannot be
    /// bound.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        udp.Bind(address);
        using var tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        tcp.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        tcp.Bind(address);
        tcp.Listen(128);
        Serving(logger, address);
        await Task.WhenAll(ServeUdpAsync(udp, cancel), ServeTcpAsync(tcp, cancel));
    }

    private async Task ServeUdpAsync(Socket udp, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        var anyone = new IPEndPoint(IPAddress.Any, 0);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var received = await udp.ReceiveFromAsync(buffer, SocketFlags.None, anyone, cancel);
                if (DnsReader.TryRead(buffer.AsSpan(0, received.ReceivedBytes), out var question)
                    && _inFlight.Wait(0, CancellationToken.None))
                {
                    var query = buffer[..received.ReceivedBytes];
                    _ = AnswerUdpAsync(udp, query, question, received.RemoteEndPoint, cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException error)
            {
                // ICMP errors of earlier answers surface here; they concern one client, not the server.
                ClientFailed(logger, error);
            }
        }
    }

    private async Task AnswerUdpAsync(
        Socket udp, byte[] query, DnsQuestion question, EndPoint client, CancellationToken cancel)
    {
        try
        {
            var response = await RespondAsync(query, question, overTcp: false, cancel);
            await udp.SendToAsync(response, SocketFlags.None, client, cancel);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            ClientFailed(logger, error);
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private async Task ServeTcpAsync(Socket tcp, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var client = await tcp.AcceptAsync(cancel);
                if (!_tcpClients.Wait(0, CancellationToken.None))
                {
                    client.Dispose();
                    continue;
                }

                _ = ServeClientAsync(client, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException error)
            {
                ClientFailed(logger, error);
            }
        }
    }

    private async Task ServeClientAsync(Socket client, CancellationToken cancel)
    {
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            var prefix = new byte[2];
            while (true)
            {
                using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                idle.CancelAfter(TcpIdle);
                await stream.ReadExactlyAsync(prefix, idle.Token);
                var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(query, idle.Token);
                if (!DnsReader.TryRead(query, out var question))
                {
                    return;
                }

                var response = await RespondAsync(query, question, overTcp: true, idle.Token);
                BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)response.Length);
                await stream.WriteAsync((byte[])[.. prefix, .. response], idle.Token);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            ClientFailed(logger, error);
        }
        finally
        {
            _tcpClients.Release();
        }
    }

    private async Task<byte[]> RespondAsync(
        byte[] query, DnsQuestion question, bool overTcp, CancellationToken cancel)
    {
        if (zone().Answer(question.Name, question.Type) is { } answer)
        {
            var whole = await _aliases.FollowAsync(question, answer, cancel);
            return DnsWriter.Write(question, whole, overTcp ? ushort.MaxValue : question.UdpSize);
        }

        return await upstream.AskAsync(query, overTcp, cancel)
            ?? DnsWriter.WriteCode(question, DnsCode.ServerFailure);
    }

    [LoggerMessage(LogLevel.Information, "DNS is served on {Address}")]
    private static partial void Serving(ILogger logger, IPEndPoint address);

    [LoggerMessage(LogLevel.Debug, "A DNS client went away")]
    private static partial void ClientFailed(ILogger logger, Exception error);
}
