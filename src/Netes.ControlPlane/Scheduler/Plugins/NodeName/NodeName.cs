namespace Netes.ControlPlane.Scheduling;

/// <summary>A pod that names its node fits only there. Source: plugins/nodename/node_name.go.</summary>
internal sealed class NodeName : IFilterPlugin, ISignPlugin
{
    private static readonly PluginStatus Other =
        PluginStatus.Unresolvable("node(s) didn't match the requested node name") with { Plugin = "NodeName" };

    public string Name => "NodeName";

    public ClusterEvents WakingEvents => ClusterEvents.NodeAdded;

    public object? Sign(PodInfo pod) => pod.Pod.Spec.NodeName;

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        pod.Pod.Spec.NodeName.Length == 0 || pod.Pod.Spec.NodeName == node.Name ? null : Other;
}
