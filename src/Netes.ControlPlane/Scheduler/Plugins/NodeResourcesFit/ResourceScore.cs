namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// How good a node's use of its resources would be. Source: plugins/noderesources/{least_allocated,most_allocated,
/// requested_to_capacity_ratio,resource_allocation}.go.
/// </summary>
internal sealed class ResourceScore(NodeResourcesFitArgs arguments)
{
    // Shapes give 0 to 10.
    private const long Scale = IScorePlugin.MaxScore / 10;

    private readonly ResourceWeight[] _resources = [.. arguments.Resources];
    private readonly ShapePoint[] _shape = [.. arguments.Shape];

    /// <param name="pod">The pod.</param>
    /// <param name="node">The node.</param>
    /// <param name="devices">Null: no device stands for a resource.</param>
    public long Of(PodInfo pod, NodeInfo node, DeviceTotals? devices = null)
    {
        var (score, weight) = (0L, 0L);
        foreach (var resource in _resources)
        {
            // An extended resource that the pod does not ask for does not matter.
            var isPlain = resource.Name is "cpu" or "memory";
            var asked = (isPlain ? pod.NonZeroRequests : pod.Requests).Get(resource.Name);
            var total = node.Allocatable.Get(resource.Name);
            if (asked == 0 && !isPlain && resource.Name != "ephemeral-storage")
            {
                continue;
            }

            var taken = (isPlain ? node.NonZeroRequested : node.Requested).Get(resource.Name);
            if (total == 0 && devices is not null)
            {
                (total, taken) = devices.On(node.Node, resource.Name);
            }

            if (total == 0)
            {
                continue;
            }

            var requested = taken + asked;
            var part = Of(requested, total);
            if (arguments.Strategy != NodeResourcesFitArgs.RequestedToCapacityRatio || part > 0)
            {
                score += part * resource.Weight;
                weight += resource.Weight;
            }
        }

        return weight == 0 ? 0
            : arguments.Strategy == NodeResourcesFitArgs.RequestedToCapacityRatio
                ? (long)Math.Round((double)score / weight, MidpointRounding.AwayFromZero)
            : score / weight;
    }

    private long Of(long requested, long total) => arguments.Strategy switch
    {
        NodeResourcesFitArgs.MostAllocated => Math.Min(requested, total) * IScorePlugin.MaxScore / total,
        NodeResourcesFitArgs.RequestedToCapacityRatio =>
            OnShape(requested >= total ? 100 : (long)((Int128)requested * 100 / total)),
        _ => requested > total ? 0 : (total - requested) * IScorePlugin.MaxScore / total,
    };

    private long OnShape(long utilization)
    {
        for (var i = 0; i < _shape.Length; i++)
        {
            var (to, score) = (_shape[i].Utilization, _shape[i].Score * Scale);
            if (utilization <= to)
            {
                if (i == 0)
                {
                    return score;
                }

                var (from, first) = (_shape[i - 1].Utilization, _shape[i - 1].Score * Scale);
                return first + ((score - first) * (utilization - from) / (to - from));
            }
        }

        return _shape[^1].Score * Scale;
    }
}
