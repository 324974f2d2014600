using System.CommandLine;
using Netes.Cli.Clusters;

namespace Netes.Cli.Commands;

/// <summary>netes get clusters, get nodes, get kubeconfig</summary>
internal static class Get
{
    public static Command Make(CommandContext context) =>
        new("get", "Gets one of [clusters, nodes, kubeconfig]")
        {
            Clusters(context), Nodes(context), Kubeconfig(context),
        };

    private static Command Clusters(CommandContext context)
    {
        var command = new Command("clusters", "Lists existing clusters by their name");
        command.SetAction((_, _) => context.RunAsync("", async () =>
        {
            if (context.Store.Names() is not { Count: > 0 } names)
            {
                await context.Error.WriteLineAsync("No netes clusters found.");
                return;
            }

            foreach (var name in names)
            {
                await context.Output.WriteLineAsync(name);
            }
        }));
        return command;
    }

    private static Command Nodes(CommandContext context)
    {
        var name = CommonOptions.Name(context);
        var all = new Option<bool>("--all-clusters", "-A") { Description = "list the nodes of all clusters" };
        var command = new Command("nodes", "Lists existing nodes by their name") { name, all };
        command.SetAction((parsed, _) => context.RunAsync("", async () =>
        {
            var clusters = parsed.GetValue(all)
                ? context.Store.All()
                : new[] { context.Store.Find(parsed.GetValue(name)!) }.OfType<ClusterState>();
            var nodes = clusters.SelectMany(cluster => cluster.Nodes).ToList();
            if (nodes.Count == 0)
            {
                await context.Error.WriteLineAsync(parsed.GetValue(all)
                    ? "No netes nodes found for any cluster."
                    : $"No netes nodes found for cluster \"{parsed.GetValue(name)}\".");
            }

            foreach (var node in nodes)
            {
                await context.Output.WriteLineAsync(node.Name);
            }
        }));
        return command;
    }

    private static Command Kubeconfig(CommandContext context)
    {
        var name = CommonOptions.Name(context);
        var inside = new Option<bool>("--internal") { Description = "use internal address instead of external" };
        var command = new Command("kubeconfig", "Prints cluster kubeconfig") { name, inside };
        command.SetAction((parsed, _) => context.RunAsync("", async () =>
        {
            var state = context.Store.Get(parsed.GetValue(name)!);
            var entry = new ClusterAccess(context.Store, context.Time).Entry(state, parsed.GetValue(inside));
            await context.Output.WriteAsync(entry.ToYaml());
        }));
        return command;
    }
}
