using System.Diagnostics;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Nodes.Proxy;
using static Netes.Tests.Node.Proxy.ClusterObjects;

namespace Netes.Tests.Node.Proxy;

/// <summary>A client of UDP finds another endpoint when its own has gone, in a namespace of the test's own.</summary>
public sealed class UdpFlowTests : IAsyncLifetime
{
    private static readonly NftTableOptions Options = new()
    {
        ClusterCidr = "10.244.0.0/16", ServiceCidr = "10.96.0.0/16",
    };

    private readonly string _namespace = $"netes-test-{Guid.NewGuid():N}"[..24];

    public async ValueTask InitializeAsync()
    {
        await RunAsync("ip", "netns", "add", _namespace);
        await InsideAsync("sh", "-c", "ip link set lo up; ip addr add 10.244.0.5/32 dev lo;"
            + " ip addr add 10.244.0.6/32 dev lo; ip route add 10.96.0.0/16 dev lo src 10.244.0.5");
    }

    public async ValueTask DisposeAsync() => await RunAsync("ip", "netns", "del", _namespace);

    [Fact]
    public async Task Flow_to_an_endpoint_that_went_is_ended_and_others_stay()
    {
        var before = Ports("10.244.0.5");
        await InsideAsync("nft", NftTable.Create(Options)
            + NftDiff.Between(NftState.Empty, NftCompiler.Compile(before, [], Options), Options.Table));
        await InsideAsync("bash", "-c", "echo x >/dev/udp/10.96.0.20/53");
        await InsideAsync("bash", "-c", "echo x >/dev/udp/10.244.0.6/53");
        var flows = new UdpFlows((arguments, _) => InsideAsync(["conntrack", .. arguments]));
        Assert.Contains("dst=10.96.0.20", await InsideAsync("conntrack", "-L", "-p", "udp"), StringComparison.Ordinal);

        Assert.Equal(0, await flows.CleanAsync(before, CancellationToken.None));
        Assert.Equal(1, await flows.CleanAsync(Ports("10.244.0.6"), CancellationToken.None));

        var left = await InsideAsync("conntrack", "-L", "-p", "udp");
        Assert.DoesNotContain("dst=10.96.0.20", left, StringComparison.Ordinal);
        Assert.Contains("dst=10.244.0.6", left, StringComparison.Ordinal);
    }

    [Fact]
    public void Flow_that_no_endpoint_took_is_stale_as_soon_as_there_is_one()
    {
        const string List = "udp      17 20 src=10.0.0.2 dst=10.96.0.20 sport=4000 dport=53 [UNREPLIED] "
            + "src=10.96.0.20 dst=10.0.0.2 sport=53 dport=4000 mark=0 use=1\n";

        Assert.Equal([new UdpFlow("10.0.0.2", "4000", "10.96.0.20", "53", "10.96.0.20")],
            UdpFlows.Stale(List, Ports("10.244.0.5")));
        Assert.Empty(UdpFlows.Stale(List.Replace("dport=53", "dport=54", StringComparison.Ordinal),
            Ports("10.244.0.5")));
    }

    private static IReadOnlyList<ServicePortView> Ports(string endpoint)
    {
        var service = Service("dns", "10.96.0.20", 53);
        service = service with
        {
            Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { Protocol = "UDP" }] },
        };
        var slice = Slice("dns", Endpoint(endpoint));
        slice = slice with { Ports = [slice.Ports[0] with { Protocol = "UDP", Port = 53 }] };
        return ServicePorts.Compile([service], [slice], "a", "10.96.0.10");
    }

    private Task<string> InsideAsync(params string[] command) => command is ["nft", var rules]
        ? RunAsync("ip", "netns", "exec", _namespace, "nft", rules)
        : RunAsync("ip", ["netns", "exec", _namespace, .. command]);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
        return await output;
    }
}
