using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What a pod asks for: the sum of its containers and sidecars, or what its init containers need at most, plus
/// overhead.
/// Source: component-helpers resource/helpers.go, PodRequests.
/// </summary>
internal static class PodRequests
{
    // What a container counts as in scores when it asks for nothing, so that such pods spread too:
    // pkg/scheduler/util/pod_resources.go.
    private const long DefaultCpuMillis = 100;
    private const long DefaultMemoryBytes = 200 * 1024 * 1024;

    public static ResourceAmounts Of(Pod pod) => Of(pod, nonZero: false);

    /// <summary>The same, with an assumed need of containers that name none.</summary>
    public static ResourceAmounts NonZeroOf(Pod pod) => Of(pod, nonZero: true);

    private static ResourceAmounts Of(Pod pod, bool nonZero)
    {
        var running = ResourceAmounts.Zero;
        foreach (var container in pod.Spec.Containers)
        {
            running += Of(container, nonZero);
        }

        var sidecars = ResourceAmounts.Zero;
        var starting = ResourceAmounts.Zero;
        foreach (var container in pod.Spec.InitContainers)
        {
            var own = Of(container, nonZero);
            if (container.RestartPolicy == ContainerRestartPolicy.Always)
            {
                running += own;
                sidecars += own;
                own = sidecars;
            }
            else
            {
                own += sidecars;
            }

            starting = ResourceAmounts.Max(starting, own);
        }

        var total = ResourceAmounts.Max(running, starting);
        if (pod.Spec.Resources is { Requests.IsEmpty: false } podLevel)
        {
            total = Overridden(total, podLevel.Requests);
        }

        return pod.Spec.Overhead.IsEmpty ? total : total + ResourceAmounts.Of(pod.Spec.Overhead);
    }

    /// <summary>What is asked for the pod as a whole stands for the sum of its containers (KEP-2837).</summary>
    private static ResourceAmounts Overridden(ResourceAmounts total, ValueMap<Quantity> podLevel)
    {
        var own = ResourceAmounts.Of(podLevel);
        return total with
        {
            CpuMillis = podLevel.ContainsKey("cpu") ? own.CpuMillis : total.CpuMillis,
            MemoryBytes = podLevel.ContainsKey("memory") ? own.MemoryBytes : total.MemoryBytes,
        };
    }

    private static ResourceAmounts Of(Container container, bool nonZero)
    {
        var requests = container.Resources.Requests;
        var amounts = requests.IsEmpty ? ResourceAmounts.Zero : ResourceAmounts.Of(requests);
        return !nonZero ? amounts : amounts with
        {
            CpuMillis = requests.ContainsKey("cpu") ? amounts.CpuMillis : DefaultCpuMillis,
            MemoryBytes = requests.ContainsKey("memory") ? amounts.MemoryBytes : DefaultMemoryBytes,
        };
    }
}
