using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Nothing new on cordoned nodes. Source: plugins/nodeunschedulable/node_unschedulable.go.</summary>
internal sealed class NodeUnschedulable : IFilterPlugin, ISignPlugin
{
    private static readonly Taint Cordon = new()
    {
        Key = "node.kubernetes.io/unschedulable", Effect = TaintEffect.NoSchedule,
    };

    private static readonly PluginStatus Unschedulable =
        PluginStatus.Unresolvable("node(s) were unschedulable") with { Plugin = "NodeUnschedulable" };

    public string Name => "NodeUnschedulable";

    public ClusterEvents WakingEvents => ClusterEvents.NodeAdded | ClusterEvents.NodeTaintsChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change) => change.Node is not { Spec.Unschedulable: true };

    public object? Sign(PodInfo pod) => pod.Pod.Spec.Tolerations;

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        !node.Node.Spec.Unschedulable || Tolerations.Tolerate(pod.Pod.Spec.Tolerations, Cordon) ? null : Unschedulable;
}
