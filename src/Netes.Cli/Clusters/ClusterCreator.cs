using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Netes.Cli.Clusters.Networks;
using Netes.Cli.Clusters.Nodes;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters;

/// <summary>
/// Makes a new cluster and starts it. A creation that fails removes what it made, unless told to retain it.
/// </summary>
internal sealed class ClusterCreator(ClusterStore store, TimeProvider time)
{
    private const string TokenLetters = "0123456789abcdefghijklmnopqrstuvwxyz";

    public async Task<ClusterState> CreateAsync(
        ClusterOptions options, bool retain, IProgress<string> progress, CancellationToken cancel)
    {
        using var turn = await store.LockAsync(time, cancel);
        if (store.Names().Contains(options.Name))
        {
            // kind's words for the same.
            throw new ToolException($"node(s) already exist for a cluster with the name \"{options.Name}\"");
        }

        try
        {
            progress.Report("Preparing nodes");
            var state = await PlanAsync(options, cancel);
            store.Write(state);
            await new ClusterStarter(store, time).StartAsync(state, progress, cancel);
            return state;
        }
        catch (Exception) when (!retain)
        {
            await new ClusterRemover(store, time).RemoveAsync(options.Name, CancellationToken.None);
            throw;
        }
    }

    private async Task<ClusterState> PlanAsync(ClusterOptions options, CancellationToken cancel)
    {
        var routes = await Tool.RunAsync("ip", ["-j", "-4", "route", "show", "table", "all"], cancel);
        IPNetwork[] taken =
        [
            .. NodeSubnets.ParseRoutes(routes),
            .. store.All().Select(other => IPNetwork.Parse(other.NodeSubnet)),
            .. $"{options.PodSubnet},{options.ServiceSubnet}".Split(',')
                .Where(range => !range.Contains(':')).Select(range => IPNetwork.Parse(range)),
        ];
        var subnet = NodeSubnets.Choose(options.Name, taken)
            ?? throw new ToolException("no free /24 in 172.30.0.0/15 is left for the nodes");
        var port = options.ApiServerPort != 0 ? options.ApiServerPort : FreePort(options.ApiServerAddress);
        return ClusterPlan.Make(
            options, subnet, port, NewToken(), NodeProgram.Install(store.Paths.Program(options.Name)));
    }

    private static int FreePort(string address)
    {
        using var socket = NodeBoot.Bind(new PortMapping(address, 0, 0, "TCP"));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    // A bootstrap token as Kubernetes wants it: 6 and 16 letters.
    private static string NewToken() => string.Create(CultureInfo.InvariantCulture,
        $"{RandomNumberGenerator.GetString(TokenLetters, 6)}.{RandomNumberGenerator.GetString(TokenLetters, 16)}");
}
