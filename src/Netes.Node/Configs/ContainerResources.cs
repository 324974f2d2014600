using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Configs;

/// <summary>
/// Requests and limits as the kernel takes them. Source: pkg/kubelet/cm/helpers_linux.go, pkg/kubelet/qos/policy.go.
/// </summary>
public static class ContainerResources
{
    public const long CpuPeriodMicroseconds = 100_000;
    private const long SharesPerCpu = 1024;
    private const long MinShares = 2;
    private const long MaxShares = 262_144;
    private const long MinQuotaMicroseconds = 1_000;
    private const int GuaranteedOomScore = -997;
    private const int BestEffortOomScore = 1000;

    public static Cri.LinuxContainerResources Of(Pod pod, Container container, string qosClass,
        long memoryCapacityBytes)
    {
        var requests = container.Resources.Requests;
        var limits = container.Resources.Limits;
        var cpuRequest = requests.TryGetValue("cpu", out var asked) ? asked : limits.Get("cpu");
        var resources = new Cri.LinuxContainerResources
        {
            CpuShares = Shares(cpuRequest.MilliValue),
            CpuPeriod = CpuPeriodMicroseconds,
            CpuQuota = Quota(limits.Get("cpu").MilliValue),
            MemoryLimitInBytes = limits.Get("memory").Value,
            OomScoreAdj = OomScore(pod, container, qosClass, memoryCapacityBytes),
        };
        return resources;
    }

    public static long Shares(long cpuMillis) =>
        cpuMillis == 0 ? MinShares : Math.Clamp(cpuMillis * SharesPerCpu / 1000, MinShares, MaxShares);

    /// <summary>Microseconds of CPU in each period; 0: no limit.</summary>
    public static long Quota(long cpuMillis) =>
        cpuMillis == 0 ? 0 : Math.Max(MinQuotaMicroseconds, cpuMillis * CpuPeriodMicroseconds / 1000);

    private static long OomScore(Pod pod, Container container, string qosClass, long memoryCapacityBytes)
    {
        // Pods of the system's priority classes are killed last (priority at or above 2 000 000 000).
        if (qosClass == PodQOSClass.Guaranteed || pod.Spec.Priority >= 2_000_000_000)
        {
            return GuaranteedOomScore;
        }

        if (qosClass == PodQOSClass.BestEffort || memoryCapacityBytes == 0)
        {
            return BestEffortOomScore;
        }

        var request = container.Resources.Requests.Get("memory").Value;
        var score = 1000 - (1000 * request / memoryCapacityBytes);
        return Math.Clamp(score, 1000 + GuaranteedOomScore, BestEffortOomScore - 1);
    }
}
