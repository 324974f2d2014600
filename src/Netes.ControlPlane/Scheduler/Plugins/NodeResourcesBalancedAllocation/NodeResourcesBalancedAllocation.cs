using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes whose resources would be used to similar parts are better.
/// Source: plugins/noderesources/balanced_allocation.go.
/// </summary>
internal sealed class NodeResourcesBalancedAllocation(PluginContext context)
    : IPreScorePlugin, IScorePlugin, ISignPlugin
{
    private readonly string[] _resources =
        [.. context.Arguments<NodeResourcesBalancedAllocationArgs>().Resources.Select(resource => resource.Name)];

    private readonly DeviceTotals _totals = new(context.Devices);

    public string Name => "NodeResourcesBalancedAllocation";

    /// <summary>A pod that asks for nothing tips no balance.</summary>
    public PluginStatus? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        Array.TrueForAll(_resources, name => pod.Requests.Get(name) == 0) ? PluginStatus.Skipped : null;

    /// <summary>As of <see cref="NodeResourcesFit"/>.</summary>
    public object? Sign(PodInfo pod) => pod.Requests.HasExtended ? new object() : pod.Requests;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        Span<double> fractions = stackalloc double[_resources.Length];
        var count = 0;
        var sum = 0.0;
        foreach (var name in _resources)
        {
            var asked = pod.Requests.Get(name);
            if (asked == 0 && name.Contains('/', StringComparison.Ordinal))
            {
                continue;
            }

            var (total, taken) = (node.Allocatable.Get(name), node.Requested.Get(name));
            if (total == 0 && pod.Requests.HasExtended)
            {
                (total, taken) = _totals.On(node.Node, name);
            }

            if (total == 0)
            {
                continue;
            }

            fractions[count] = Math.Min(1, (double)(taken + asked) / total);
            sum += fractions[count++];
        }

        return (long)((1 - Deviation(fractions[..count], sum)) * IScorePlugin.MaxScore);
    }

    /// <summary>The standard deviation; of two half their distance, and one alone deviates from nothing.</summary>
    private static double Deviation(ReadOnlySpan<double> fractions, double sum)
    {
        if (fractions.Length <= 2)
        {
            return fractions.Length < 2 ? 0 : Math.Abs((fractions[0] - fractions[1]) / 2);
        }

        var squares = 0.0;
        foreach (var fraction in fractions)
        {
            var distance = fraction - (sum / fractions.Length);
            squares += distance * distance;
        }

        return Math.Sqrt(squares / fractions.Length);
    }
}
