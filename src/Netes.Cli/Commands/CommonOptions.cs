using System.CommandLine;
using System.CommandLine.Completions;
using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Configs;
using Netes.Cli.Machine;

namespace Netes.Cli.Commands;

/// <summary>Flags that several commands have, with kind's names.</summary>
internal static class CommonOptions
{
    public static Option<string> Name(CommandContext context)
    {
        var option = new Option<string>("--name", "-n")
        {
            Description = "the cluster name (default $NETES_CLUSTER_NAME or \"netes\")",
            DefaultValueFactory = _ => context.Environment("NETES_CLUSTER_NAME") is { Length: > 0 } name
                ? name
                : ClusterConfig.DefaultName,
        };
        option.CompletionSources.Add(_ => context.Store.Names().Select(name => new CompletionItem(name)));
        return option;
    }

    public static Option<string?> Kubeconfig() => new("--kubeconfig")
    {
        Description = "sets kubeconfig path instead of $KUBECONFIG or $HOME/.kube/config",
    };

    public static Option<string?> Nodes() => new("--nodes")
    {
        Description = "comma separated list of nodes to load images into (default: all)",
    };

    /// <summary>The nodes meant by --nodes; a name that is none of the cluster's is refused.</summary>
    public static IReadOnlyList<string> Select(ClusterState state, string? nodes)
    {
        var all = state.Nodes.Select(node => node.Name).ToList();
        var wanted = nodes?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return wanted.FirstOrDefault(name => !all.Contains(name)) is { } unknown
            ? throw new ToolException($"unknown node: \"{unknown}\"")
            : wanted.Length > 0 ? wanted : all;
    }

    public static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new ToolException("this needs root: run it with sudo");
        }
    }
}
