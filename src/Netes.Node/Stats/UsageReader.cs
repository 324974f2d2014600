using System.Collections.Concurrent;
using System.Globalization;
using Netes.Nodes.Machines;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Stats;

/// <summary>
/// Measures the node and its containers when asked; nothing is sampled in between. Rates come from two looks.
/// Source: pkg/kubelet/stats/cri_stats_provider.go.
/// </summary>
internal sealed class UsageReader(
    IContainerRuntime runtime, MachineReader machine, string cgroupMount, TimeProvider time)
{
    private const string NodeKey = "";

    /// <summary>Rates over less than this tell more of the measuring than of the measured.</summary>
    private static readonly TimeSpan ShortestRate = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, UsageSample> before = new();

    public async Task<NodeUsage> ReadAsync(CancellationToken cancel)
    {
        var containers = new List<ContainerUsage>();
        foreach (var stats in await runtime.ListContainerStatsAsync(cancel))
        {
            var labels = stats.Attributes.Labels;
            if (labels.TryGetValue(PodLabels.PodNamespace, out var podNamespace)
                && labels.TryGetValue(PodLabels.PodName, out var pod)
                && labels.TryGetValue(PodLabels.PodUid, out var uid)
                && labels.TryGetValue(PodLabels.ContainerName, out var name) && stats.Cpu is not null)
            {
                var sample = WithRate(stats.Attributes.Id, new()
                {
                    Time = Time(stats.Cpu.Timestamp),
                    CpuNanoseconds = stats.Cpu.UsageCoreNanoSeconds?.Value ?? 0,
                    MemoryUsageBytes = stats.Memory?.UsageBytes?.Value ?? stats.Memory?.WorkingSetBytes?.Value ?? 0,
                    MemoryWorkingSetBytes = stats.Memory?.WorkingSetBytes?.Value ?? 0,
                });
                containers.Add(new(podNamespace, pod, uid, name, sample, sample.Time));
            }
        }

        Forget(containers.Count);
        return new(WithRate(NodeKey, ReadNode()), containers);
    }

    private UsageSample ReadNode()
    {
        var now = time.GetUtcNow();
        var cpu = Number("cpuacct/cpuacct.usage") ?? Number("cpu,cpuacct/cpuacct.usage")
            ?? (Field("cpu.stat", "usage_usec") * 1000) ?? 0;
        var usage = Number("memory/memory.usage_in_bytes") ?? Number("memory.current");
        var inactive = Field("memory/memory.stat", "total_inactive_file") ?? Field("memory.stat", "inactive_file") ?? 0;
        var all = (ulong)machine.MemoryBytes();
        var used = usage ?? (all - (ulong)machine.MemoryAvailableBytes());
        return new()
        {
            Time = now,
            CpuNanoseconds = cpu,
            MemoryUsageBytes = used,
            MemoryWorkingSetBytes = used > inactive ? used - inactive : 0,
        };
    }

    private UsageSample WithRate(string key, UsageSample sample)
    {
        var known = before.TryGetValue(key, out var old);
        if (known && sample.Time - old!.Time < ShortestRate)
        {
            return old with { MemoryUsageBytes = sample.MemoryUsageBytes };
        }

        if (known && sample.CpuNanoseconds >= old!.CpuNanoseconds)
        {
            var seconds = (sample.Time - old.Time).TotalSeconds;
            sample = sample with { CpuNanocores = (ulong)((sample.CpuNanoseconds - old.CpuNanoseconds) / seconds) };
        }

        before[key] = sample;
        return sample;
    }

    // Ids of ended containers would gather for ever: beginning anew costs one look without rates.
    private void Forget(int running)
    {
        if (before.Count > (running * 2) + 100)
        {
            before.Clear();
        }
    }

    private ulong? Number(string file)
    {
        var path = Path.Combine(cgroupMount, file);
        return File.Exists(path)
            && ulong.TryParse(File.ReadAllText(path).Trim(), CultureInfo.InvariantCulture, out var value)
                ? value : null;
    }

    private ulong? Field(string file, string name)
    {
        var path = Path.Combine(cgroupMount, file);
        var line = File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal)) : null;
        return line is not null
            && ulong.TryParse(line[(name.Length + 1)..], CultureInfo.InvariantCulture, out var value)
            ? value : null;
    }

    private static DateTimeOffset Time(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
}
