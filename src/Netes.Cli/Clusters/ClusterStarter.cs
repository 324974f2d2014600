using Netes.Cli.Clusters.Cgroups;
using Netes.Nodes.Images;
using Netes.Cli.Clusters.Networks;
using Netes.Cli.Clusters.Nodes;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters;

/// <summary>Switches a cluster's nodes on: at its creation, after a stop, and after a reboot of the machine.</summary>
internal sealed class ClusterStarter(ClusterStore store, TimeProvider time)
{
    private static readonly TimeSpan RuntimePatience = TimeSpan.FromSeconds(60), Look = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Returns when every container runtime and the API answer. Nodes that run already are switched off first.
    /// </summary>
    public async Task StartAsync(ClusterState state, IProgress<string> progress, CancellationToken cancel)
    {
        await new ClusterRemover(store, time).SwitchOffAsync(state.Name, cancel);
        foreach (var port in state.Nodes.SelectMany(node => NodeBoot.HostPorts(state, node)))
        {
            // Found out here, where it can be said, rather than in a log of the node.
            NodeBoot.Bind(port).Dispose();
        }

        progress.Report("Connecting nodes");
        await SwitchNetwork.CreateAsync(state, cancel);
        progress.Report("Starting nodes");
        var hierarchies = CgroupHierarchy.Detect();
        var booting = new List<(NodeState Node, ProcessIdentity? Process)>();
        foreach (var node in state.Nodes)
        {
            new CgroupTree(hierarchies, ClusterPaths.NodeCgroup(state.Name, node.Name)).Create();
            booting.Add((node, await NodeBoot.StartAsync(state, node, store.Paths, cancel)));
        }

        progress.Report("Starting container runtimes");
        await Task.WhenAll(booting.Select(each => PrepareRuntimeAsync(state, each.Node, each.Process, cancel)));
        if (state.RunKubernetes)
        {
            progress.Report("Starting control-plane");
            var access = new ClusterAccess(store, time);
            await access.WaitForApiAsync(state, cancel);
            var authority = Convert.FromBase64String(access.Entry(state, inside: true).AuthorityData);
            foreach (var worker in state.Nodes.Where(node => !node.IsControlPlane))
            {
                var file = Path.Combine(store.Paths.Share(state.Name, worker.Name), "ca.crt");
                await File.WriteAllBytesAsync(file + ".new", authority, cancel);
                File.Move(file + ".new", file, overwrite: true);
            }

            progress.Report("Joining nodes");
            await access.MarkControlPlaneAsync(state, cancel);
        }
    }

    private async Task PrepareRuntimeAsync(
        ClusterState state, NodeState node, ProcessIdentity? boot, CancellationToken cancel)
    {
        var shell = new NodeShell(store.Paths, state.Name, node.Name);
        var started = time.GetTimestamp();
        string last = "the node's first process did not start";
        while (time.GetElapsedTime(started) < RuntimePatience)
        {
            if (shell.Process is not null)
            {
                var answer = await shell.TryAsync(["ctr", "version"], cancel);
                if (answer.ExitCode == 0)
                {
                    await LoadPauseAsync(shell, cancel);
                    return;
                }

                last = answer.Error.Trim();
            }

            else if (boot is not { IsAlive: true })
            {
                // It stays for as long as the node runs: a node without it does not come any more.
                break;
            }

            await Task.Delay(Look, time, cancel);
        }

        throw new ToolException($"the container runtime of node \"{node.Name}\" does not answer: {last}\n" +
            LastLines(Path.Combine(store.Paths.Logs(state.Name, node.Name), "node.log")) +
            LastLines(Path.Combine(store.Paths.Logs(state.Name, node.Name), "containerd.log")));
    }

    private static async Task LoadPauseAsync(NodeShell shell, CancellationToken cancel)
    {
        var there = await shell.RunAsync(["ctr", "-n", "k8s.io", "images", "ls", "-q"], cancel);
        if (!there.Split('\n').Contains(SandboxImage.Name))
        {
            var archive = SandboxImage.Archive();
            await shell.RunAsync(["ctr", "-n", "k8s.io", "images", "import", "-"], cancel,
                async (to, stop) => await to.WriteAsync(archive, stop));
        }
    }

    private static string LastLines(string file) =>
        File.Exists(file) ? $"--- {file}\n{string.Join('\n', File.ReadLines(file).TakeLast(10))}\n" : "";
}
