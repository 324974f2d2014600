using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes with room for what the pod asks; by default those with more room left are better.
/// Source: plugins/noderesources/{fit,least_allocated,most_allocated,requested_to_capacity_ratio}.go.
/// </summary>
internal sealed class NodeResourcesFit(PluginContext context) : IFilterPlugin, IScorePlugin, ISignPlugin
{
    private readonly NodeResourcesFitArgs _arguments = context.Arguments<NodeResourcesFitArgs>();
    private readonly ResourceScore _score = new(context.Arguments<NodeResourcesFitArgs>());

    public string Name => "NodeResourcesFit";

    public ClusterEvents WakingEvents =>
        ClusterEvents.NodeAdded | ClusterEvents.NodeAllocatableGrew | ClusterEvents.AssignedPodRemoved
        | ClusterEvents.AssignedPodScaledDown | ClusterEvents.PodScaledDown;

    public bool MayHelp(PodInfo pod, ClusterChange change) =>
        change.Node is null || Fits(pod, new NodeInfo(change.Node));

    public object? Sign(PodInfo pod) => (pod.Requests, pod.NonZeroRequests);

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
            Check(name, IsIgnored(name) ? 0 : amount, node.Requested.Extended.GetValueOrDefault(name),
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

    public long Score(CycleState state, PodInfo pod, NodeInfo node) => _score.Of(pod, node);

    private bool Fits(PodInfo pod, NodeInfo node)
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
                if (amount > 0 && !IsIgnored(name)
                    && amount > total.Extended.GetValueOrDefault(name) - taken.Extended.GetValueOrDefault(name))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Extended resources only.</summary>
    private bool IsIgnored(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && !name.Contains("kubernetes.io/", StringComparison.Ordinal)
            && (_arguments.IgnoredResources.Contains(name) || _arguments.IgnoredResourceGroups.Contains(name[..slash]));
    }
}
