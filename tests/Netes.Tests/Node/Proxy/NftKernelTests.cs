using System.Diagnostics;
using Netes.Nodes.Proxy;
using static Netes.Tests.Node.Proxy.ClusterObjects;

namespace Netes.Tests.Node.Proxy;

/// <summary>The kernel takes our tables and every transaction between two states, in a namespace of the test's
/// own.</summary>
public sealed class NftKernelTests : IAsyncLifetime
{
    private static readonly NftTableOptions Options = new()
    {
        ClusterCidr = "10.244.0.0/16",
        ServiceCidr = "10.96.0.0/16",
    };

    private readonly string _namespace = $"netes-test-{Guid.NewGuid():N}"[..24];

    public async ValueTask InitializeAsync() => await RunAsync("ip", ["netns", "add", _namespace], "");

    public async ValueTask DisposeAsync() => await RunAsync("ip", ["netns", "del", _namespace], "");

    [Fact]
    public async Task Every_transition_applies_and_removing_all_leaves_the_fixed_part()
    {
        var sticky = Service("web", "10.96.0.20", type: "NodePort");
        sticky = sticky with
        {
            Spec = sticky.Spec with
            {
                SessionAffinity = "ClientIP",
                Ports = [sticky.Spec.Ports[0] with { NodePort = 30080 }],
            },
        };
        NftState[] states =
        [
            NftState.Empty,
            NftCompilerTests.Compile([Service("web", "10.96.0.20")], [Slice("web", Endpoint("10.244.0.5"))]),
            NftCompilerTests.Compile(
                [sticky], [Slice("web", Endpoint("10.244.0.5"), Endpoint("10.244.1.5"), Endpoint("10.244.1.6"))]),
            NftCompilerTests.Compile([sticky], []),
            NftCompilerTests.Compile(
                [Service("web", "10.96.0.20"), Service("api", "10.96.0.21")],
                [Slice("web", Endpoint("10.244.0.5")), Slice("api", Endpoint("10.244.0.5"))]),
            NftState.Empty,
        ];

        await NftAsync(NftTable.Create(Options));
        var empty = await RunAsync("ip", ["netns", "exec", _namespace, "nft", "list", "ruleset"], "");
        for (var i = 1; i < states.Length; i++)
        {
            await NftAsync(NftDiff.Between(states[i - 1], states[i], Options.Table));
        }

        Assert.Equal(empty, await RunAsync("ip", ["netns", "exec", _namespace, "nft", "list", "ruleset"], ""));
    }

    private Task<string> NftAsync(string commands) =>
        RunAsync("ip", ["netns", "exec", _namespace, "nft", "-f", "-"], commands);

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}\n{input}");
        return await output;
    }
}
