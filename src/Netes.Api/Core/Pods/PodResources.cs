namespace Netes.Api.Core;

/// <summary>What a whole pod asks for. Source: component-helpers/resource/helpers.go.</summary>
public static class PodResources
{
    /// <summary>
    /// The containers' requests: their sum, or, where more, that of an init container and the sidecars started before
    /// it.
    /// </summary>
    public static ValueMap<Quantity> ContainerRequests(PodSpec spec) =>
        Aggregate(spec, static resources => resources.Requests);

    /// <summary>As <see cref="ContainerRequests"/>, of limits.</summary>
    public static ValueMap<Quantity> ContainerLimits(PodSpec spec) =>
        Aggregate(spec, static resources => resources.Limits);

    /// <summary>
    /// What the scheduler reserves: pod-level requests where set, containers' else, and the overhead.
    /// </summary>
    public static ValueMap<Quantity> Requests(PodSpec spec)
    {
        var requests = ContainerRequests(spec);
        foreach (var (name, amount) in spec.Resources?.Requests ?? default)
        {
            if (IsPodLevel(name))
            {
                requests = requests.Set(name, amount);
            }
        }

        return ResourceLists.Add(requests, spec.Overhead);
    }

    /// <summary>The resources that may be given for a whole pod.</summary>
    public static bool IsPodLevel(string name) =>
        name is ResourceName.Cpu or ResourceName.Memory || name.StartsWith("hugepages-", StringComparison.Ordinal);

    private static ValueMap<Quantity> Aggregate(PodSpec spec, Func<ResourceRequirements, ValueMap<Quantity>> amounts)
    {
        var total = default(ValueMap<Quantity>);
        foreach (var container in spec.Containers)
        {
            total = ResourceLists.Add(total, amounts(container.Resources));
        }

        var sidecars = default(ValueMap<Quantity>);
        var peak = default(ValueMap<Quantity>);
        foreach (var container in spec.InitContainers)
        {
            var needs = amounts(container.Resources);
            if (container.RestartPolicy == ContainerRestartPolicy.Always)
            {
                total = ResourceLists.Add(total, needs);
                sidecars = ResourceLists.Add(sidecars, needs);
                needs = sidecars;
            }
            else
            {
                needs = ResourceLists.Add(needs, sidecars);
            }

            peak = ResourceLists.Max(peak, needs);
        }

        return ResourceLists.Max(total, peak);
    }
}
