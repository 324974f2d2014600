namespace Netes.Nodes.Stats;

/// <summary>What something has used at one moment.</summary>
public sealed record UsageSample
{
    public DateTimeOffset Time { get; init; }

    /// <summary>CPU time since it began.</summary>
    public ulong CpuNanoseconds { get; init; }

    /// <summary>CPU now, in thousand-millionths of a processor; null before the second look.</summary>
    public ulong? CpuNanocores { get; init; }

    public ulong MemoryUsageBytes { get; init; }

    /// <summary>Memory that cannot be taken back at once: what an eviction would count.</summary>
    public ulong MemoryWorkingSetBytes { get; init; }
}

/// <summary>One running container's use.</summary>
public sealed record ContainerUsage(
    string Namespace, string Pod, string PodUid, string Container, UsageSample Sample, DateTimeOffset StartTime);

/// <summary>The use of the node and of all its running containers.</summary>
public sealed record NodeUsage(UsageSample Node, IReadOnlyList<ContainerUsage> Containers);
