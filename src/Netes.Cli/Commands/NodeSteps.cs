using System.CommandLine;
using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Nodes;

namespace Netes.Cli.Commands;

/// <summary>The three hidden steps by which a node starts; see <see cref="NodeBoot"/>.</summary>
internal static class NodeSteps
{
    public static readonly Func<CommandContext, Command>[] All =
    [
        context => Make(NodeBoot.BootCommand, context, (cluster, node) =>
        {
            var state = context.Store.Get(cluster);
            NodeBoot.Boot(state, NodeOf(state, node), context.Store.Paths);
            return Task.CompletedTask;
        }),
        context => Make(NodeBoot.InitCommand, context, (cluster, node) =>
        {
            var state = context.Store.Get(cluster);
            NodeBoot.Init(state, NodeOf(state, node), context.Store.Paths);
            return Task.CompletedTask;
        }),
        context => Make(NodeBoot.RunCommand, context, async (_, node) =>
        {
            var text = await File.ReadAllTextAsync(ClusterPaths.ShareInNode + "/cluster.json");
            var state = ClusterState.FromJson(text);
            await NodeSupervisor.RunAsync(state, NodeOf(state, node), context.Time);
        }),
    ];

    private static Command Make(string name, CommandContext context, Func<string, string, Task> run)
    {
        var cluster = new Argument<string>("cluster");
        var node = new Argument<string>("node");
        var command = new Command(name) { cluster, node };
        command.Hidden = true;
        command.SetAction((parsed, _) =>
            context.RunAsync(name, () => run(parsed.GetValue(cluster)!, parsed.GetValue(node)!)));
        return command;
    }

    private static NodeState NodeOf(ClusterState state, string node) => state.Nodes.First(each => each.Name == node);
}
