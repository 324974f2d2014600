using System.CommandLine;
using Netes.Cli.Clusters;

namespace Netes.Cli.Commands;

/// <summary>netes stop cluster: all processes end, all state stays.</summary>
internal static class Stop
{
    public static Command Make(CommandContext context)
    {
        var name = CommonOptions.Name(context);
        var cluster = new Command("cluster", "Stops a cluster, keeping its state") { name };
        cluster.SetAction((parsed, cancel) => context.RunAsync("failed to stop cluster", async () =>
        {
            CommonOptions.RequireRoot();
            var state = context.Store.Get(parsed.GetValue(name)!);
            await context.Error.WriteLineAsync($"Stopping cluster \"{state.Name}\" ...");
            await new ClusterRemover(context.Store, context.Time).StopAsync(state.Name, cancel);
        }));
        return new Command("stop", "Stops one of [cluster]") { cluster };
    }
}
