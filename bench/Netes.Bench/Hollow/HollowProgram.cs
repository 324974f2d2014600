using Netes.Bench.Load;
using Netes.Client;

namespace Netes.Bench.Hollow;

/// <summary>
/// Hollow nodes for any cluster, until Ctrl-C: <c>./build.cs bench hollow FILE --kubeconfig FILE</c>.
/// </summary>
internal static class HollowProgram
{
    public static async Task<int> RunAsync(string file, string kubeconfig)
    {
        HollowOptions options = HollowOptions.Read(file);
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            stop.Cancel();
        };
        HttpTransportOptions transport = (await Kubeconfig.ReadAsync(kubeconfig, stop.Token)).ToTransport();
        using var load = new ApiLoad(
            [.. Enumerable.Range(0, ApiLoad.Connections).Select(_ => new HttpTransport(transport))]);
        await using HollowFleet fleet = await HollowFleet.StartAsync(load, options, stop.Token);
        Console.WriteLine($"{options.Nodes} hollow nodes are ready; Ctrl-C ends them, their Node objects stay");
        await fleet.UntilFailedAsync(stop.Token);
        return 0;
    }
}
