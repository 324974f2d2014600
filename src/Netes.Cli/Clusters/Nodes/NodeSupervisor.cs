using System.Net;
using System.Runtime.InteropServices;
using Netes.Cli.Clusters.Containerd;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// Process 1 of a node: starts containerd and the node's part of Kubernetes, starts them again when they end, and
/// carries the host's ports. Containers are not its children (their shims are), so a restart of either touches none.
/// </summary>
internal static class NodeSupervisor
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20), Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until SIGTERM; returns after an orderly stop, and with it the node is off.</summary>
    public static async Task RunAsync(ClusterState state, NodeState node, TimeProvider time)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, stop));
        WriteFiles(state, node);
        var logs = Path.Combine(ClusterPaths.ShareInNode, "logs");
        var containerd = new SupervisedProgram("containerd", time)
        {
            Arguments = ["containerd", "--config", ContainerdConfig.FileInNode],
            Log = Path.Combine(logs, "containerd.log"),
            Environment = NodeArguments.ContainerdEnvironment(state),
        };
        var netes = new SupervisedProgram("netes", time)
        {
            Arguments = [NodeProgram.InNode(state.Program), .. NodeArguments.For(state, node)],
            Log = Path.Combine(logs, "netes.log"),
        };

        // Kubernetes stops first: it may still want to ask the runtime; the runtime and the ports go when it is gone.
        using var runtime = new CancellationTokenSource();
        var below = Task.WhenAll(
            OrphanReaper.RunAsync(time, runtime.Token),
            RunEgressAsync(state, runtime.Token),
            containerd.RunAsync(runtime.Token),
            PortForwarder.RunAllAsync(
                Environment.GetEnvironmentVariable(NodeBoot.PortsVariable) ?? "", IPAddress.Parse(node.Ip),
                runtime.Token));
        await (state.RunKubernetes ? RunKubernetesAsync(netes, node, time, stop.Token) : UntilAsync(stop.Token));
        await NodeShutdown.StopContainersAsync(StopPatience, time);
        await runtime.CancelAsync();
        await below;
    }

    private static void Cancel(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }

    private static async Task RunEgressAsync(ClusterState state, CancellationToken cancel)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable(NodeBoot.HostNetworkVariable), out var descriptor))
        {
            using var network = new HostNetwork(descriptor);
            var parent = state.Egress == ClusterOptions.EgressDirect ? null : new Uri(state.Egress);
            await new EgressProxy(network, parent).RunAsync(cancel);
        }
    }

    private static async Task RunKubernetesAsync(
        SupervisedProgram netes, NodeState node, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            while (!node.IsControlPlane && !File.Exists(NodeArguments.AuthorityFile))
            {
                await Task.Delay(Look, time, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop before the cluster was there.
            return;
        }

        await netes.RunAsync(cancel);
    }

    private static async Task UntilAsync(CancellationToken cancel)
    {
        var ended = new TaskCompletionSource();
        await using var registration = cancel.Register(() => ended.TrySetResult());
        await ended.Task;
    }

    private static void WriteFiles(ClusterState state, NodeState node)
    {
        // The layer over /etc is empty at each start: what the host has there is replaced by the node's own.
        Replace("/etc/hostname", node.Name + "\n");
        Replace("/etc/hosts",
            "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"
            + string.Concat(state.Nodes.Select(each => $"{each.Ip}\t{each.Name}\n")));
        // The host's own servers cannot be asked from here (127.0.0.53 is another machine's loopback by now). The host
        // end of the switch refuses at once where nobody listens, so that a lookup fails in no time rather than by a
        // timeout.
        Replace("/etc/resolv.conf", $"nameserver {state.HostIp}\n");
        Replace("/etc/machine-id", NodeArguments.MachineId(state, node) + "\n");
        Directory.CreateDirectory("/etc/containerd");
        Directory.CreateDirectory("/etc/cni/net.d");
        Replace(ContainerdConfig.FileInNode, ContainerdConfig.Write(ContainerdConfig.Detect()));
        File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
    }

    private static void Replace(string file, string text)
    {
        File.Delete(file);
        File.WriteAllText(file, text);
    }
}
