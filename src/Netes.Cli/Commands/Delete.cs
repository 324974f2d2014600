using System.CommandLine;
using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Kubeconfigs;

namespace Netes.Cli.Commands;

/// <summary>netes delete cluster, netes delete clusters</summary>
internal static class Delete
{
    public static Command Make(CommandContext context)
    {
        var name = CommonOptions.Name(context);
        var kubeconfig = CommonOptions.Kubeconfig();
        var cluster = new Command("cluster", "Deletes a cluster") { name, kubeconfig };
        cluster.SetAction((parsed, cancel) => context.RunAsync("failed to delete cluster", () =>
            DeleteAsync(context, parsed.GetValue(name)!, parsed.GetValue(kubeconfig), cancel)));

        var names = new Argument<string[]>("names") { Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-A") { Description = "delete all clusters" };
        var kubeconfigs = CommonOptions.Kubeconfig();
        var clusters = new Command("clusters", "Deletes one or more clusters") { names, all, kubeconfigs };
        clusters.SetAction((parsed, cancel) => context.RunAsync("failed to delete clusters", async () =>
        {
            foreach (var each in parsed.GetValue(all) ? context.Store.Names() : parsed.GetValue(names)!)
            {
                await DeleteAsync(context, each, parsed.GetValue(kubeconfigs), cancel);
            }
        }));
        return new Command("delete", "Deletes one of [cluster, clusters]") { cluster, clusters };
    }

    private static async Task DeleteAsync(
        CommandContext context, string name, string? kubeconfig, CancellationToken cancel)
    {
        CommonOptions.RequireRoot();
        await context.Error.WriteLineAsync($"Deleting cluster \"{name}\" ...");
        var nodes = context.Store.Find(name)?.Nodes.Select(node => node.Name) ?? [];
        using (await context.Store.LockAsync(context.Time, cancel))
        {
            await new ClusterRemover(context.Store, context.Time).RemoveAsync(name, cancel);
            context.Store.RemoveTraces();
        }

        foreach (var file in KubeconfigFile.Candidates(kubeconfig, context.Environment))
        {
            KubeconfigFile.Remove(file, KubeconfigEntry.ContextOf(name));
        }

        await context.Error.WriteLineAsync($"Deleted nodes: [{string.Join(" ", nodes.Select(node => $"\"{node}\""))}]");
    }
}
