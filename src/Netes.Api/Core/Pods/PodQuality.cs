namespace Netes.Api.Core;

/// <summary>A pod's quality of service. Source: pkg/apis/core/helper/qos/qos.go.</summary>
public static class PodQuality
{
    /// <summary>The class that the pod's requests and limits of CPU and memory make it.</summary>
    public static string Compute(PodSpec spec)
    {
        if (spec.Resources is { } pod && (Counts(pod.Requests) || Counts(pod.Limits)))
        {
            return IsGuaranteed(pod) && Sums.Of(pod).AreEqual
                ? PodQOSClass.Guaranteed
                : PodQOSClass.Burstable;
        }

        var guaranteed = true;
        var total = default(Sums);
        foreach (var container in spec.Containers)
        {
            total += Sums.Of(container.Resources);
            guaranteed &= IsGuaranteed(container.Resources);
        }

        foreach (var container in spec.InitContainers)
        {
            total += Sums.Of(container.Resources);
            guaranteed &= IsGuaranteed(container.Resources);
        }

        return total == default ? PodQOSClass.BestEffort
            : guaranteed && total.AreEqual ? PodQOSClass.Guaranteed
            : PodQOSClass.Burstable;
    }

    private static bool IsGuaranteed(ResourceRequirements resources) =>
        !Get(resources.Limits, ResourceName.Cpu).IsZero && !Get(resources.Limits, ResourceName.Memory).IsZero;

    private static bool Counts(ValueMap<Quantity> list) =>
        !Get(list, ResourceName.Cpu).IsZero || !Get(list, ResourceName.Memory).IsZero;

    // Amounts that are not positive count as absent.
    private static Quantity Get(ValueMap<Quantity> list, string name) =>
        list.TryGetValue(name, out var amount) && amount > Quantity.Zero ? amount : Quantity.Zero;

    private readonly record struct Sums(
        Quantity CpuRequests, Quantity MemoryRequests, Quantity CpuLimits, Quantity MemoryLimits)
    {
        public bool AreEqual => CpuRequests == CpuLimits && MemoryRequests == MemoryLimits;

        public static Sums Of(ResourceRequirements resources) => new(
            Get(resources.Requests, ResourceName.Cpu), Get(resources.Requests, ResourceName.Memory),
            Get(resources.Limits, ResourceName.Cpu), Get(resources.Limits, ResourceName.Memory));

        public static Sums operator +(Sums left, Sums right) => new(
            left.CpuRequests + right.CpuRequests, left.MemoryRequests + right.MemoryRequests,
            left.CpuLimits + right.CpuLimits, left.MemoryLimits + right.MemoryLimits);
    }
}
