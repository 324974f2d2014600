using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Netes.Nodes.Dns;

/// <summary>
/// Asks the machine's own resolvers for names that are not the cluster's. The query and the answer pass as they are.
/// </summary>
public sealed class DnsUpstream(IReadOnlyList<IPEndPoint> servers)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>The name servers of a resolv.conf, without those on a loopback address of another namespace.</summary>
    public static IReadOnlyList<IPEndPoint> ReadServers(string resolvConf) =>
    [
        .. resolvConf.Split('\n')
            .Select(line => line.Trim().Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["nameserver", _, ..])
            .Select(words => IPAddress.TryParse(words[1], out var address) ? address : IPAddress.None)
            .Where(address => !address.Equals(IPAddress.None) && !IPAddress.IsLoopback(address))
            .Select(address => new IPEndPoint(address, 53)),
    ];

    /// <summary>The first answer of a server, or null when none answers in time.</summary>
    /// <param name="query">The query as it came.</param>
    /// <param name="overTcp">Asked as the client asked: one that came over TCP wants what did not fit.</param>
    public async Task<byte[]?> AskAsync(ReadOnlyMemory<byte> query, bool overTcp, CancellationToken cancel)
    {
        foreach (var server in servers)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Timeout);
            try
            {
                return overTcp
                    ? await AskTcpAsync(server, query, limit.Token) : await AskUdpAsync(server, query, limit.Token);
            }
            catch (Exception error) when (error is SocketException or IOException
                || (error is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // The next server may answer; when none does, the client gets SERVFAIL.
                continue;
            }
        }

        return null;
    }

    private static async Task<byte[]> AskTcpAsync(
        IPEndPoint server, ReadOnlyMemory<byte> query, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancel);
        await using var stream = new NetworkStream(socket);
        var prefix = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)query.Length);
        await stream.WriteAsync((byte[])[.. prefix, .. query.Span], cancel);
        await stream.ReadExactlyAsync(prefix, cancel);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(answer, cancel);
        return answer;
    }

    private static async Task<byte[]> AskUdpAsync(
        IPEndPoint server, ReadOnlyMemory<byte> query, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        // Connected, so that only the server's own datagrams are taken.
        await socket.ConnectAsync(server, cancel);
        await socket.SendAsync(query, cancel);
        var buffer = new byte[4096];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancel);
            if (length >= DnsReader.HeaderBytes && buffer.AsSpan(0, 2).SequenceEqual(query.Span[..2]))
            {
                return buffer[..length];
            }
        }
    }
}
