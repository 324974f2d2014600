using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes with room for what the pod asks; by default those with more room left are better. Extended resources that the
/// node has none of, but that a class of devices stands for, are left to <see cref="DynamicResources"/>.
/// Source: plugins/noderesources/{fit,least_allocated,most_allocated,requested_to_capacity_ratio}.go.
/// </summary>
internal sealed class NodeResourcesFit(PluginContext context) : IFilterPlugin, IScorePlugin, ISignPlugin
{
    private readonly NodeResourcesFitArgs _arguments = context.Arguments<NodeResourcesFitArgs>();
    private readonly ResourceScore _score = new(context.Arguments<NodeResourcesFitArgs>());
    private readonly DeviceWorld _devices = context.Devices;
    private readonly DeviceTotals _totals = new(context.Devices);

    public string Name => "NodeResourcesFit";

    public ClusterEvents WakingEvents =>
        ClusterEvents.NodeAdded | ClusterEvents.NodeAllocatableGrew | ClusterEvents.AssignedPodRemoved
        | ClusterEvents.AssignedPodScaledDown | ClusterEvents.PodScaledDown
        | ClusterEvents.DeviceClassAdded | ClusterEvents.DeviceClassChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change) => change switch
    {
        { Object: DeviceClass next } => MayHelp(pod, change.OldObject as DeviceClass, next),
        { Node: { } node } => Fits(pod, new NodeInfo(node), _devices.ExtendedResources),
        _ => true,
    };

    /// <summary>What devices may stand for is not for the pod and the node alone to say: like nobody else.</summary>
    public object? Sign(PodInfo pod) =>
        pod.Requests.HasExtended ? new object() : (pod.Requests, pod.NonZeroRequests);

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        // The common case first: no list of reasons is made for a node that fits.
        var classes = pod.Requests.HasExtended ? _devices.ExtendedResourcesOf(state) : ExtendedClasses.None;
        if (Fits(pod, node, classes))
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
            Check(name, IsNotOurs(name, node, classes) ? 0 : amount, node.Requested.Extended.GetValueOrDefault(name),
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

    public long Score(CycleState state, PodInfo pod, NodeInfo node) =>
        _score.Of(pod, node, pod.Requests.HasExtended ? _totals : null);

    /// <summary>A class that takes on a resource which the pod asks for.</summary>
    private static bool MayHelp(PodInfo pod, DeviceClass? old, DeviceClass next) => old is null
        ? Asks(pod, ExtendedResources.ImplicitPrefix + next.Metadata.Name) || Asks(pod, next.Spec.ExtendedResourceName)
        : old.Spec.ExtendedResourceName != next.Spec.ExtendedResourceName && Asks(pod, next.Spec.ExtendedResourceName);

    private static bool Asks(PodInfo pod, string? resource) =>
        resource is not null && pod.Requests.Extended.ContainsKey(resource);

    private bool Fits(PodInfo pod, NodeInfo node, ExtendedClasses classes)
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
                if (amount > 0 && !IsNotOurs(name, node, classes)
                    && amount > total.Extended.GetValueOrDefault(name) - taken.Extended.GetValueOrDefault(name))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsNotOurs(string name, NodeInfo node, ExtendedClasses classes) => IsIgnored(name)
        || (node.Allocatable.Extended.GetValueOrDefault(name) <= 0 && classes.Of(name) is not null);

    /// <summary>Extended resources only.</summary>
    private bool IsIgnored(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && !name.Contains("kubernetes.io/", StringComparison.Ordinal)
            && (_arguments.IgnoredResources.Contains(name) || _arguments.IgnoredResourceGroups.Contains(name[..slash]));
    }
}
