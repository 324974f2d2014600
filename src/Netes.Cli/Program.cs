using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Nodes;

if (args is [NodeBoot.BootCommand or NodeBoot.InitCommand or NodeBoot.RunCommand, var c, var n])
{
    var paths = ClusterPaths.FromEnvironment();
    var file = args[0] == NodeBoot.RunCommand ? Path.Combine(ClusterPaths.ShareInNode, "cluster.json") : paths.StateFile(c);
    var state = ClusterState.FromJson(File.ReadAllText(file));
    var node = state.Nodes.First(each => each.Name == n);
    switch (args[0])
    {
        case NodeBoot.BootCommand: NodeBoot.Boot(state, node, paths); break;
        case NodeBoot.InitCommand: NodeBoot.Init(state, node, paths); break;
        default: return await NodeSupervisor.RunAsync(state, node, TimeProvider.System);
    }
}
var store = new ClusterStore(ClusterPaths.FromEnvironment());
if (args is ["create"]) await new ClusterCreator(store, TimeProvider.System).CreateAsync(ClusterOptions.Default("proto", 1) with { RunKubernetes = false }, true, new Progress<string>(Console.WriteLine), default);
if (args is ["delete"]) await new ClusterRemover(store, TimeProvider.System).RemoveAsync("proto", default);
if (args is ["stop"]) await new ClusterRemover(store, TimeProvider.System).StopAsync("proto", default);
if (args is ["start"]) await new ClusterStarter(store, TimeProvider.System).StartAsync(store.Get("proto"), new Progress<string>(Console.WriteLine), default);
return 0;
