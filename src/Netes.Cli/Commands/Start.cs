using System.CommandLine;
using Netes.Cli.Clusters;

namespace Netes.Cli.Commands;

/// <summary>netes start cluster: after a stop, or after the machine was started anew.</summary>
internal static class Start
{
    public static Command Make(CommandContext context)
    {
        var name = CommonOptions.Name(context);
        var cluster = new Command("cluster", "Starts a stopped cluster, also after a reboot of the machine") { name };
        cluster.SetAction((parsed, cancel) => context.RunAsync("failed to start cluster", async () =>
        {
            CommonOptions.RequireRoot();
            var state = context.Store.Get(parsed.GetValue(name)!);
            await context.Error.WriteLineAsync($"Starting cluster \"{state.Name}\" ...");
            await context.StepsAsync(steps =>
                new ClusterStarter(context.Store, context.Time).StartAsync(state, steps, cancel));
        }));
        return new Command("start", "Starts one of [cluster]") { cluster };
    }
}
