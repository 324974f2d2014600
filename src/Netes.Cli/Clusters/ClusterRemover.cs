using Netes.Cli.Clusters.Cgroups;
using Netes.Cli.Clusters.Networks;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters;

/// <summary>
/// Switches clusters off and removes them. Everything is found by what the cluster owns (its folders, its cgroup, its
/// namespaces), never by a process's name, and everything may be missing: half a creation, a crash, a reboot.
/// </summary>
internal sealed class ClusterRemover(ClusterStore store, TimeProvider time)
{
    private static readonly TimeSpan OrderlyStop = TimeSpan.FromSeconds(45), KernelPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks the nodes to stop, waits for that, and switches off. The files stay.</summary>
    public async Task StopAsync(string cluster, CancellationToken cancel)
    {
        var processes = Nodes(cluster)
            .Select(node => ProcessIdentity.ReadFile(store.Paths.ProcessFile(cluster, node)))
            .OfType<ProcessIdentity>().ToList();
        processes.ForEach(process => process.Signal(Syscalls.SignalTerminate));
        await WaitAsync(() => processes.All(process => !process.IsAlive), OrderlyStop, cancel);
        await SwitchOffAsync(cluster, cancel);
    }

    /// <summary>Removes the cluster with all its files.</summary>
    public async Task RemoveAsync(string cluster, CancellationToken cancel)
    {
        await SwitchOffAsync(cluster, cancel);
        var folder = store.Paths.Cluster(cluster);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Ends all processes of the cluster at once, and takes away its namespaces, link and cgroups.</summary>
    public async Task SwitchOffAsync(string cluster, CancellationToken cancel)
    {
        var hierarchies = CgroupHierarchy.Detect();
        var tree = new CgroupTree(hierarchies, ClusterPaths.ClusterCgroup(cluster));
        // The first processes of the nodes are among them: with those, the kernel ends all in their namespaces, and
        // drops the nodes' mounts with the last. Repeated, since a process may have been starting another.
        var ended = await WaitAsync(() => !KillAll(tree), KernelPatience, cancel);
        if (!ended)
        {
            throw new ToolException(
                $"processes of cluster \"{cluster}\" do not end: {string.Join(", ", tree.Processes())}");
        }

        await SwitchNetwork.RemoveAsync(cluster, Nodes(cluster), ClusterPaths.LinkName(cluster), cancel);
        // Once more with a look at processes: one that was just starting joins its cgroup late.
        if (!await WaitAsync(() => !KillAll(tree) && tree.TryRemove(), KernelPatience, cancel))
        {
            throw new ToolException($"the cgroup {ClusterPaths.ClusterCgroup(cluster)} cannot be removed");
        }

        // The parent of all clusters' cgroups goes with the last of them; while others are there, this does nothing.
        new CgroupTree(hierarchies, "/netes").TryRemoveEmpty();
    }

    private static bool KillAll(CgroupTree tree)
    {
        var processes = tree.Processes();
        foreach (var process in processes.Select(ProcessIdentity.Of).OfType<ProcessIdentity>())
        {
            process.Signal(Syscalls.SignalKill);
        }

        return processes.Count > 0;
    }

    private IEnumerable<string> Nodes(string cluster)
    {
        var folder = Path.Combine(store.Paths.Cluster(cluster), "nodes");
        var made = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(each => Path.GetFileName(each)!)
            : [];
        return (store.Find(cluster)?.Nodes.Select(node => node.Name) ?? []).Union(made);
    }

    private async Task<bool> WaitAsync(Func<bool> done, TimeSpan patience, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        while (!done())
        {
            if (time.GetElapsedTime(started) > patience)
            {
                return false;
            }

            await Task.Delay(Look, time, cancel);
        }

        return true;
    }
}
