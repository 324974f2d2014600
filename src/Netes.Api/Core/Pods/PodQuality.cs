namespace Netes.Api.Core;

/// <summary>A pod's quality of service. Source: pkg/apis/core/helper/qos/qos.go.</summary>
public static class PodQuality
{
    /// <summary>The class that the pod's requests and limits of CPU and memory make it.</summary>
    public static string Compute(PodSpec spec)
    {
        if (spec.Resources is { } pod && (Counts(pod.Requests) || Counts(pod.Limits)))
        {
            return IsGuaranteed(pod) && Equal(pod.Requests, pod.Limits) ? PodQOSClass.Guaranteed
                : PodQOSClass.Burstable;
        }

        var requests = default(ValueMap<Quantity>);
        var limits = default(ValueMap<Quantity>);
        var guaranteed = true;
        foreach (var container in spec.Containers.Concat(spec.InitContainers))
        {
            requests = ResourceLists.Add(requests, Compute(container.Resources.Requests));
            limits = ResourceLists.Add(limits, Compute(container.Resources.Limits));
            guaranteed &= IsGuaranteed(container.Resources);
        }

        if (requests.IsEmpty && limits.IsEmpty)
        {
            return PodQOSClass.BestEffort;
        }

        return guaranteed && requests == limits ? PodQOSClass.Guaranteed : PodQOSClass.Burstable;
    }

    private static bool IsGuaranteed(ResourceRequirements resources) => Compute(resources.Limits).Count == 2;

    private static bool Counts(ValueMap<Quantity> list) => !Compute(list).IsEmpty;

    private static bool Equal(ValueMap<Quantity> requests, ValueMap<Quantity> limits) =>
        Compute(requests) == Compute(limits);

    private static ValueMap<Quantity> Compute(ValueMap<Quantity> list) =>
        list.Where(
            pair => pair.Key is ResourceName.Cpu or ResourceName.Memory && pair.Value > Quantity.Zero).ToValueMap();
}
