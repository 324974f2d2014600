using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Configs;

namespace Netes.Nodes.Cgroups;

/// <summary>What a pod as a whole may use; 0: no limit.</summary>
public sealed record PodCgroupLimits(long CpuShares, long CpuQuota, long MemoryBytes)
{
    /// <summary>
    /// The pod's own limits, or its containers' when each has one: an init container may need more than all that run
    /// later. Source: pkg/kubelet/cm/helpers_linux.go (ResourceConfigForPod).
    /// </summary>
    public static PodCgroupLimits Of(PodSpec spec)
    {
        var limits = PodResources.ContainerLimits(spec);
        var own = spec.Resources?.Limits ?? default;
        var cpu = Limit("cpu");
        var memory = Limit("memory");
        return new(
            ContainerResources.Shares(PodResources.Requests(spec).Get("cpu").MilliValue),
            cpu.IsZero ? 0 : ContainerResources.Quota((cpu + spec.Overhead.Get("cpu")).MilliValue),
            memory.IsZero ? 0 : (memory + spec.Overhead.Get("memory")).Value);

        Quantity Limit(string name) => own.TryGetValue(name, out var whole) ? whole
            : ((IEnumerable<Container>)spec.Containers).Concat(spec.InitContainers)
                .All(container => !container.Resources.Limits.Get(name).IsZero) ? limits.Get(name) : default;
    }
}
