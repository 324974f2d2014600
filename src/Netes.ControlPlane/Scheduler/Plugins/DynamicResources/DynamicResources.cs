namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods that claim devices. No driver offers any here, so that such pods fit nowhere, in Kubernetes' words.
/// Source: plugins/dynamicresources/dynamicresources.go.
/// </summary>
internal sealed class DynamicResources : IPreFilterPlugin, IFilterPlugin, IPostFilterPlugin
{
    private static readonly PluginStatus NotAllocated =
        PluginStatus.Unresolvable("cannot allocate all claims") with { Plugin = "DynamicResources" };

    private static readonly PostFilterResult NoClaims = new(null, "no new claims to deallocate", null);
    private static readonly PostFilterResult StillNot = new(null, "still not schedulable", null);

    public string Name => "DynamicResources";

    public ClusterEvents WakingEvents => ClusterEvents.NodeAdded;

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        return pod.Pod.Spec.ResourceClaims.IsEmpty ? PluginStatus.Skipped : null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node) => NotAllocated;

    public PostFilterResult PostFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, NodeStatuses statuses) =>
        pod.Pod.Spec.ResourceClaims.IsEmpty ? NoClaims : StillNot;
}
