using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What the filter needs to know of each hard constraint, with what is thought away or added.
/// Source: plugins/podtopologyspread/filtering.go, preFilterState.
/// </summary>
internal sealed class SpreadCounts(IReadOnlyList<SpreadCount> constraints) : ICycleData
{
    public IReadOnlyList<SpreadCount> Constraints { get; } = constraints;

    public ICycleData Clone() => new SpreadCounts([.. Constraints.Select(constraint => constraint.Clone())]);

    public void Think(Pod pod, NodeInfo node, int by)
    {
        foreach (var constraint in Constraints)
        {
            constraint.Think(pod, node, by);
        }
    }
}

/// <summary>The pods of one constraint.</summary>
/// <param name="constraint">The constraint.</param>
/// <param name="pods">Which pods count.</param>
/// <param name="counter">How many there are.</param>
/// <param name="self">1: the pod itself is one of them.</param>
internal sealed class SpreadCount(SpreadConstraint constraint, PodQuery pods, DomainCounter counter, int self)
{
    private Dictionary<int, int>? _thought;
    private int? _fewest;

    public SpreadConstraint Constraint { get; } = constraint;

    public TopologyMap Map => counter.Map;

    /// <summary>What the domain with the fewest has; nothing, if there are too few domains.</summary>
    private int Fewest => _fewest ??= counter.Nodes.DomainsOf(counter.Map).Count < Constraint.MinDomains
        ? 0
        : counter.Fewest(_thought);

    public SpreadCount Clone() => new(Constraint, pods, counter, self)
    {
        _thought = _thought is null ? null : new(_thought),
        _fewest = _fewest,
    };

    /// <summary>How much more the domain would have than the one with the fewest.</summary>
    public int SkewIn(int domain) =>
        counter.In(domain) + (_thought?.GetValueOrDefault(domain) ?? 0) + self - Fewest;

    public void Think(Pod pod, NodeInfo node, int by)
    {
        var domain = counter.Map.DomainOf(node.Slot);
        if (domain == TopologyMap.None || !counter.Nodes.Contains(node.Slot) || !pods.Matches(pod))
        {
            return;
        }

        _thought ??= [];
        _thought[domain] = _thought.GetValueOrDefault(domain) + by;
        _fewest = null;
    }
}
