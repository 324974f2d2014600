namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes whose CPU and memory would be used to similar parts are better.
/// Source: plugins/noderesources/balanced_allocation.go.
/// </summary>
internal sealed class NodeResourcesBalancedAllocation : IPreScorePlugin, IScorePlugin
{
    public string Name => "NodeResourcesBalancedAllocation";

    /// <summary>A pod that asks for nothing tips no balance.</summary>
    public PluginStatus? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        pod.Requests is { CpuMillis: 0, MemoryBytes: 0 } ? PluginStatus.Skipped : null;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var cpu = Fraction(node.Requested.CpuMillis + pod.Requests.CpuMillis, node.Allocatable.CpuMillis);
        var memory = Fraction(node.Requested.MemoryBytes + pod.Requests.MemoryBytes, node.Allocatable.MemoryBytes);

        // Of two fractions the standard deviation is half their distance; one alone deviates from nothing.
        var deviation = cpu is { } first && memory is { } second ? Math.Abs(first - second) / 2 : 0;
        return (long)((1 - deviation) * IScorePlugin.MaxScore);
    }

    private static double? Fraction(long requested, long total) =>
        total == 0 ? null : Math.Min(1, (double)requested / total);
}
