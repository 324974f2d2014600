using System.CommandLine;
using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Kubeconfigs;

namespace Netes.Cli.Commands;

/// <summary>netes export kubeconfig, export logs</summary>
internal static class Export
{
    public static Command Make(CommandContext context) =>
        new("export", "Exports one of [kubeconfig, logs]") { Kubeconfig(context), Logs(context) };

    private static Command Kubeconfig(CommandContext context)
    {
        var name = CommonOptions.Name(context);
        var file = CommonOptions.Kubeconfig();
        var inside = new Option<bool>("--internal") { Description = "use internal address instead of external" };
        var command = new Command("kubeconfig", "Exports cluster kubeconfig") { name, file, inside };
        command.SetAction((parsed, _) => context.RunAsync("", async () =>
        {
            var state = context.Store.Get(parsed.GetValue(name)!);
            var entry = new ClusterAccess(context.Store, context.Time).Entry(state, parsed.GetValue(inside));
            KubeconfigFile.Merge(
                KubeconfigFile.ForMerge(KubeconfigFile.Candidates(parsed.GetValue(file), context.Environment)), entry);
            await context.Error.WriteLineAsync($"Set kubectl context to \"{entry.Context}\"");
        }));
        return command;
    }

    private static Command Logs(CommandContext context)
    {
        var name = CommonOptions.Name(context);
        var folder = new Argument<string?>("output-dir") { Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("logs", "Exports logs to a tempdir or [output-dir] if specified") { folder, name };
        command.SetAction((parsed, _) => context.RunAsync("", async () =>
        {
            var state = context.Store.Get(parsed.GetValue(name)!);
            var target = parsed.GetValue(folder) ?? Directory.CreateTempSubdirectory("netes-logs-").FullName;
            await context.Error.WriteLineAsync($"Exporting logs for cluster \"{state.Name}\" to:");
            foreach (var node in state.Nodes)
            {
                var to = Path.Combine(target, node.Name);
                LogFolders.Copy(context.Store.Paths.Logs(state.Name, node.Name), to);
                var root = context.Store.Paths.Root(state.Name, node.Name);
                LogFolders.Copy(Path.Combine(root, "var/log/pods"), Path.Combine(to, "pods"));
            }

            await context.Output.WriteLineAsync(target);
        }));
        return command;
    }
}
