using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Netes.Cli.Clusters.Cgroups;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// A node is one process tree that starts in three steps, each replacing the last:
/// <list type="number">
/// <item>node-boot, on the host: leaves the terminal, enters the node's cgroup, opens the host's ports, and becomes
/// nsenter and unshare, which make the node's namespaces;</item>
/// <item>node-init, the first process in them: builds the file system (<see cref="NodeRoot"/>) and moves into
/// it;</item>
/// <item>node-run (<see cref="NodeSupervisor"/>): process 1 of the node; when it ends the kernel ends all
/// others.</item>
/// </list>
/// </summary>
internal static class NodeBoot
{
    public const string BootCommand = "node-boot", InitCommand = "node-init", RunCommand = "node-run";
    public const string PortsVariable = "NETES_PORTS", StateVariable = "NETES_STATE_DIR";
    public const string HostNetworkVariable = "NETES_HOST_NETWORK";

    /// <summary>
    /// Starts a node's tree and returns at once; how it fares is seen from its log and its process file.
    /// </summary>
    public static async Task<ProcessIdentity?> StartAsync(
        ClusterState state, NodeState node, ClusterPaths paths, CancellationToken cancel)
    {
        Directory.CreateDirectory(paths.Logs(state.Name, node.Name));
        await File.WriteAllTextAsync(
            Path.Combine(paths.Share(state.Name, node.Name), "cluster.json"), state.ToJson(), cancel);
        File.Delete(paths.ProcessFile(state.Name, node.Name));
        var start = new System.Diagnostics.ProcessStartInfo(
            Path.Combine(state.Program.Folder, state.Program.File), [BootCommand, state.Name, node.Name]);
        start.Environment.Clear();
        foreach (var (name, value) in NodeProgram.Environments(state.Program, state.Program.RuntimeFolder))
        {
            start.Environment[name] = value;
        }

        start.Environment[StateVariable] = paths.StateFolder;
        using var process = System.Diagnostics.Process.Start(start)!;
        return ProcessIdentity.Of(process.Id);
    }

    /// <summary>Step 1. Does not return.</summary>
    public static void Boot(ClusterState state, NodeState node, ClusterPaths paths)
    {
        Syscalls.RedirectOutput(Path.Combine(paths.Logs(state.Name, node.Name), "node.log"));
        Syscalls.StartSession();
        new CgroupTree(CgroupHierarchy.Detect(), ClusterPaths.NodeCgroup(state.Name, node.Name))
            .Join(Environment.ProcessId);
        var environment = NodeProgram.Environments(state.Program, state.Program.RuntimeFolder);
        environment[StateVariable] = paths.StateFolder;
        environment[PortsVariable] = string.Join(';', HostPorts(state, node).Select(Open));
        if (state.Egress != ClusterOptions.EgressNone)
        {
            environment[HostNetworkVariable] = Syscalls.OpenInherited("/proc/self/ns/net")
                .ToString(CultureInfo.InvariantCulture);
        }

        Syscalls.Execute(Tool.Find("nsenter")!,
        [
            $"--net={ClusterPaths.NamespaceFile(ClusterPaths.NodeNamespace(node.Name))}",
            Tool.Find("unshare")!,
            "--mount", "--propagation", "slave", "--uts", "--ipc", "--cgroup", "--pid", "--fork", "--kill-child",
            Path.Combine(state.Program.Folder, state.Program.File), InitCommand, state.Name, node.Name,
        ], environment);
    }

    /// <summary>Step 2. Does not return.</summary>
    public static void Init(ClusterState state, NodeState node, ClusterPaths paths)
    {
        // /proc is the host's still, so the number that it shows is the host's number of this process.
        var pid = int.Parse(new FileInfo("/proc/self").LinkTarget!, CultureInfo.InvariantCulture);
        var environment = NodeProgram.Environments(state.Program, NodeProgram.RuntimeInNode);
        foreach (var name in (string[])[PortsVariable, HostNetworkVariable])
        {
            environment[name] = Environment.GetEnvironmentVariable(name) ?? "";
        }

        File.WriteAllText(paths.ProcessFile(state.Name, node.Name), ProcessIdentity.Of(pid).ToString());
        Syscalls.SetHostName(node.Name);
        NodeRoot.Enter(state, node, paths);
        Syscalls.Execute(NodeProgram.InNode(state.Program), [RunCommand, state.Name, node.Name], environment);
    }

    /// <summary>
    /// The host's ports that this node serves: its extraPortMappings, and the API's on the control plane.
    /// </summary>
    public static IEnumerable<PortMapping> HostPorts(ClusterState state, NodeState node) =>
        node == state.ControlPlane
            ? node.Ports.Prepend(new(state.ApiServerAddress, state.ApiServerPort, 6443, "TCP"))
            : node.Ports;

    /// <summary>A socket bound on the host; opening it is also how a port is found to be free.</summary>
    public static Socket Bind(PortMapping port)
    {
        var tcp = port.Protocol == "TCP";
        var address = IPAddress.Parse(port.ListenAddress);
        var socket = new Socket(
            address.AddressFamily,
            tcp ? SocketType.Stream : SocketType.Dgram,
            tcp ? ProtocolType.Tcp : ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(address, port.HostPort));
            if (tcp)
            {
                socket.Listen(512);
            }

            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new ToolException(
                $"port {port.ListenAddress}:{port.HostPort}/{port.Protocol} of this machine: {error.Message}");
        }
    }

    // A socket stays in the network namespace in which it was made: the node accepts on the host's ports without any
    // rule.
    private static string Open(PortMapping port)
    {
        var descriptor = (int)Bind(port).SafeHandle.DangerousGetHandle();
        Syscalls.Inherit(descriptor);
        return $"{descriptor},{port.Protocol},{port.ContainerPort}";
    }
}
