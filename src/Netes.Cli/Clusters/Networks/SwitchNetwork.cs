using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Networks;

/// <summary>Makes and removes the links and network namespaces of a cluster.</summary>
internal static class SwitchNetwork
{
    public static async Task CreateAsync(ClusterState state, CancellationToken cancel)
    {
        var names = state.Nodes.Select(node => ClusterPaths.NodeNamespace(node.Name))
            .Prepend(ClusterPaths.SwitchNamespace(state.Name));
        foreach (var name in names)
        {
            await CreateNamespaceAsync(name, cancel);
        }

        foreach (var batch in SwitchPlan.Switch(state).Concat(state.Nodes.SelectMany(n => SwitchPlan.Node(state, n))))
        {
            await ApplyAsync(batch, cancel);
        }

        await KeepOutOfPacketFilterAsync(ClusterPaths.SwitchNamespace(state.Name), cancel);
    }

    /// <summary>Removes whatever is there of it, also after half a creation.</summary>
    public static async Task RemoveAsync(
        string cluster, IEnumerable<string> nodes, string link, CancellationToken cancel)
    {
        await RemoveLinkAsync(link, cancel);
        foreach (var name in nodes.Select(ClusterPaths.NodeNamespace).Append(ClusterPaths.SwitchNamespace(cluster)))
        {
            RemoveNamespace(name);
        }

        if (Directory.Exists(ClusterPaths.NamespaceFolder)
            && !Directory.EnumerateFileSystemEntries(ClusterPaths.NamespaceFolder).Any()
            && !File.ReadLines("/proc/self/mountinfo").Any(m => m.Split(' ')[4] == ClusterPaths.NamespaceFolder))
        {
            Directory.Delete(ClusterPaths.NamespaceFolder);
        }
    }

    private static async Task RemoveLinkAsync(string link, CancellationToken cancel)
    {
        var file = $"/sys/class/net/{link}";
        if (!Directory.Exists(file))
        {
            return;
        }

        try
        {
            await Tool.RunAsync("ip", ["link", "delete", link], cancel);
        }
        catch (ToolException) when (!Directory.Exists(file))
        {
            // It went with its other end, whose namespace the kernel takes away when it comes to it.
        }
    }

    // As ip-netns(8) names a namespace, but without turning the folder into a mount point, which would outlive us.
    private static async Task CreateNamespaceAsync(string name, CancellationToken cancel)
    {
        Directory.CreateDirectory(ClusterPaths.NamespaceFolder);
        var file = ClusterPaths.NamespaceFile(name);
        await using (new FileStream(file, FileMode.CreateNew))
        {
            // An existing file is somebody's namespace: CreateNew refuses it.
        }

        await Tool.RunAsync("unshare", [$"--net={file}", "true"], cancel);
    }

    private static void RemoveNamespace(string name)
    {
        var file = ClusterPaths.NamespaceFile(name);
        if (!File.Exists(file))
        {
            return;
        }

        while (File.ReadLines("/proc/self/mountinfo").Any(mount => mount.Split(' ')[4] == file))
        {
            Syscalls.Unmount(file, Syscalls.UnmountDetach);
        }

        File.Delete(file);
    }

    private static async Task ApplyAsync(IpBatch batch, CancellationToken cancel)
    {
        var input = string.Join('\n', batch.Lines) + "\n";
        string[] arguments = batch.Namespace is { } name ? ["-n", name, "-batch", "-"] : ["-batch", "-"];
        await Tool.RunAsync("ip", arguments, cancel, input);
    }

    // Where br_netfilter is loaded, bridged frames would pass the namespace's (empty) filter for nothing.
    private static async Task KeepOutOfPacketFilterAsync(string name, CancellationToken cancel)
    {
        const string Setting = "/proc/sys/net/bridge/bridge-nf-call-iptables";
        if (File.Exists(Setting))
        {
            var net = $"--net={ClusterPaths.NamespaceFile(name)}";
            await Tool.RunAsync("nsenter", [net, "tee", Setting], cancel, "0");
        }
    }
}
