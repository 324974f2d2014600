using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Nodes.Dns;
using static Netes.Tests.Node.Proxy.ClusterObjects;

namespace Netes.Tests.Node.Dns;

/// <summary>The cluster's server in front of another one, over loopback, as a program's resolver asks them.</summary>
public sealed class DnsServerTests : IAsyncLifetime
{
    private const int ManyAddresses = 100;

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1));
    private readonly List<Task> _running = [];
    private IPEndPoint _server = new(IPAddress.Loopback, 0);

    public ValueTask InitializeAsync()
    {
        var outside = Start(new(
            "example.org", 1, [Service("web", "10.0.0.9"), Service("many", "None")],
            [Slice("many", [.. Enumerable.Range(0, ManyAddresses).Select(i => Endpoint($"10.1.0.{i}"))])]), []);
        var alias = Service("far", "") with
        {
            Spec = new() { Type = "ExternalName", ExternalName = "web.default.svc.example.org" },
        };
        _server = Start(new("cluster.local", 1, [alias], []), [outside]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    [Fact]
    public async Task AliasOfAnOutsideName_ComesWithItsAddress()
    {
        var answer = DnsReader.ReadAddresses(await AskUdpAsync("far.default.svc.cluster.local"));

        Assert.Equal(
            [
                new CnameRecord("far.default.svc.cluster.local", 5, "web.default.svc.example.org"),
                new ARecord("web.default.svc.example.org", 5, IPAddress.Parse("10.0.0.9")),
            ],
            answer);
    }

    [Fact]
    public async Task AnswerTooLongForUdp_IsWholeOverTcp()
    {
        var cut = await AskUdpAsync("many.default.svc.example.org");
        Assert.True((cut[2] & 0x02) != 0, "the answer is not marked as truncated");

        Assert.Equal(ManyAddresses, DnsReader.ReadAddresses(await AskTcpAsync("many.default.svc.example.org")).Count);
    }

    [Fact]
    public void AnswerWithPointersInACircle_YieldsNothing()
    {
        byte[] answer = [0, 1, 0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1, 0xC0, 12];

        Assert.Empty(DnsReader.ReadAddresses(answer));
    }

    private IPEndPoint Start(ClusterZone zone, IReadOnlyList<IPEndPoint> upstream)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = (IPEndPoint)listener.LocalEndpoint;
        listener.Stop();
        var server = new DnsServer(address, () => zone, new DnsUpstream(upstream), NullLogger.Instance);
        _running.Add(server.RunAsync(_stop.Token));
        return address;
    }

    private async Task<byte[]> AskUdpAsync(string name)
    {
        using var client = new UdpClient();
        client.Connect(_server);
        await client.SendAsync(DnsWriter.WriteQuery(7, name, DnsType.A), _stop.Token);
        return (await client.ReceiveAsync(_stop.Token)).Buffer;
    }

    private async Task<byte[]> AskTcpAsync(string name)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server, _stop.Token);
        var query = DnsWriter.WriteQuery(7, name, DnsType.A);
        byte[] prefix = [0, (byte)query.Length];
        await client.GetStream().WriteAsync((byte[])[.. prefix, .. query], _stop.Token);
        await client.GetStream().ReadExactlyAsync(prefix, _stop.Token);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await client.GetStream().ReadExactlyAsync(answer, _stop.Token);
        return answer;
    }
}
