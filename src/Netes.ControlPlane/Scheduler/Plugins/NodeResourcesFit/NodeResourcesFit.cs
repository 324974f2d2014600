using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes with room for what the pod asks; those with more room left are better.
/// Source: plugins/noderesources/{fit,least_allocated}.go.
/// </summary>
internal sealed class NodeResourcesFit : IFilterPlugin, IScorePlugin
{
    public string Name => "NodeResourcesFit";

    public ClusterEvents WakingEvents =>
        ClusterEvents.NodeAdded | ClusterEvents.NodeAllocatableGrew | ClusterEvents.AssignedPodRemoved
        | ClusterEvents.AssignedPodScaledDown | ClusterEvents.PodScaledDown;

    public bool MayHelp(PodInfo pod, ClusterChange change) =>
        change.Node is null || CanEverFit(pod, new NodeInfo(change.Node));

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        // The common case first: no list of reasons is made for a node that fits.
        if (Fits(pod, node))
        {
            return null;
        }

        var reasons = new List<string>();
        var unresolvable = false;
        if (node.Pods.Length + 1 > node.AllowedPods)
        {
            reasons.Add("Too many pods");
        }

        Check("cpu", pod.Requests.CpuMillis, node.Requested.CpuMillis, node.Allocatable.CpuMillis);
        Check("memory", pod.Requests.MemoryBytes, node.Requested.MemoryBytes, node.Allocatable.MemoryBytes);
        Check("ephemeral-storage", pod.Requests.EphemeralStorageBytes, node.Requested.EphemeralStorageBytes,
            node.Allocatable.EphemeralStorageBytes);
        foreach (var (name, amount) in pod.Requests.Extended)
        {
            Check(name, amount, node.Requested.Extended.GetValueOrDefault(name),
                node.Allocatable.Extended.GetValueOrDefault(name));
        }

        var code = unresolvable ? PluginCode.UnschedulableAndUnresolvable : PluginCode.Unschedulable;
        return new PluginStatus(code, new([.. reasons])) { Plugin = Name };

        void Check(string name, long wanted, long taken, long total)
        {
            if (wanted > 0 && wanted > total - taken)
            {
                reasons.Add($"Insufficient {name}");
                unresolvable |= wanted > total;
            }
        }
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var (score, weight) = (0L, 0L);
        var requested = node.NonZeroRequested;
        Add(requested.CpuMillis + pod.NonZeroRequests.CpuMillis, node.Allocatable.CpuMillis);
        Add(requested.MemoryBytes + pod.NonZeroRequests.MemoryBytes, node.Allocatable.MemoryBytes);
        return weight == 0 ? 0 : score / weight;

        void Add(long wanted, long total)
        {
            if (total > 0)
            {
                score += wanted > total ? 0 : (total - wanted) * IScorePlugin.MaxScore / total;
                weight++;
            }
        }
    }

    private static bool Fits(PodInfo pod, NodeInfo node)
    {
        var (wanted, taken, total) = (pod.Requests, node.Requested, node.Allocatable);
        if (node.Pods.Length + 1 > node.AllowedPods
            || (wanted.CpuMillis > 0 && wanted.CpuMillis > total.CpuMillis - taken.CpuMillis)
            || (wanted.MemoryBytes > 0 && wanted.MemoryBytes > total.MemoryBytes - taken.MemoryBytes)
            || (wanted.EphemeralStorageBytes > 0
                && wanted.EphemeralStorageBytes > total.EphemeralStorageBytes - taken.EphemeralStorageBytes))
        {
            return false;
        }

        if (wanted.HasExtended)
        {
            foreach (var (name, amount) in wanted.Extended)
            {
                if (amount > 0
                    && amount > total.Extended.GetValueOrDefault(name) - taken.Extended.GetValueOrDefault(name))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool CanEverFit(PodInfo pod, NodeInfo empty) => Fits(pod, empty);
}
