using Netes.Api;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Ports of the node are taken once. Source: plugins/nodeports/node_ports.go.</summary>
internal sealed class NodePorts : IPreFilterPlugin, IFilterPlugin, ISignPlugin
{
    private static readonly PluginStatus Taken =
        PluginStatus.Unschedulable("node(s) didn't have free ports for the requested pod ports") with
        {
            Plugin = "NodePorts",
        };

    public string Name => "NodePorts";

    public ClusterEvents WakingEvents => ClusterEvents.NodeAdded | ClusterEvents.AssignedPodRemoved;

    public bool MayHelp(PodInfo pod, ClusterChange change) =>
        change.Pod is null || HostPort.Of(change.Pod).Any(port => pod.HostPorts.Any(port.Conflicts));

    public object? Sign(PodInfo pod) =>
        pod.HostPorts.Count == 0 ? null : new ValueList<HostPort>([.. pod.HostPorts]);

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        return pod.HostPorts.Count == 0 ? PluginStatus.Skipped : null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var other in node.Pods)
        {
            foreach (var port in other.HostPorts)
            {
                foreach (var wanted in pod.HostPorts)
                {
                    if (port.Conflicts(wanted))
                    {
                        return Taken;
                    }
                }
            }
        }

        return null;
    }
}
