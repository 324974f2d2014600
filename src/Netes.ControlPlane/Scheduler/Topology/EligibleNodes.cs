using System.Runtime.InteropServices;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Nodes that count for a pod's spreading. Equal by content.</summary>
/// <param name="Keys">Labels that they must have, in order, each once.</param>
/// <param name="Selector">The pod's node selector, if it is honored.</param>
/// <param name="Required">The pod's node affinity, if it is honored.</param>
/// <param name="Tolerations">The pod's, if taints are honored; null: they are not.</param>
internal sealed record NodeQuery(
    ValueList<string> Keys, ValueMap<string> Selector, NodeSelector? Required, ValueList<Toleration>? Tolerations)
{
    /// <summary>All nodes.</summary>
    public static NodeQuery Any { get; } = new([], default, null, null);

    public bool Matches(Node node)
    {
        foreach (var key in Keys)
        {
            if (!node.Metadata.Labels.ContainsKey(key))
            {
                return false;
            }
        }

        return NodeSelectors.MatchesRequired(Selector, Required, node)
            && (Tolerations is not { } tolerations || !TaintToleration.HasUntolerated(tolerations, node));
    }
}

/// <summary>The nodes of a query, and how many of them each domain has; kept up to date.</summary>
internal sealed class EligibleNodes(NodeQuery query)
{
    private readonly List<(TopologyMap Map, Dictionary<int, int> Nodes)> _domains = [];
    private bool[] _slots = [];

    public NodeQuery Query { get; } = query;

    public bool Contains(int slot) => (uint)slot < (uint)_slots.Length && _slots[slot];

    /// <summary>The domains that have such nodes, with how many.</summary>
    public IReadOnlyDictionary<int, int> DomainsOf(TopologyMap map)
    {
        foreach (var (known, nodes) in _domains)
        {
            if (known == map)
            {
                return nodes;
            }
        }

        var counts = new Dictionary<int, int>();
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot])
            {
                Count(map, counts, slot, 1);
            }
        }

        _domains.Add((map, counts));
        return counts;
    }

    /// <summary>After the topologies know the node.</summary>
    public void Add(NodeInfo node)
    {
        if (!Query.Matches(node.Node))
        {
            return;
        }

        if (node.Slot >= _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(16, (node.Slot + 1) * 2));
        }

        _slots[node.Slot] = true;
        foreach (var (map, counts) in _domains)
        {
            Count(map, counts, node.Slot, 1);
        }
    }

    /// <summary>Before the topologies forget the node.</summary>
    public void Remove(NodeInfo node)
    {
        if (!Contains(node.Slot))
        {
            return;
        }

        foreach (var (map, counts) in _domains)
        {
            Count(map, counts, node.Slot, -1);
        }

        _slots[node.Slot] = false;
    }

    /// <summary>Nothing counts by these topologies any more.</summary>
    public void Forget(Predicate<TopologyMap> isUnused) => _domains.RemoveAll(entry => isUnused(entry.Map));

    private static void Count(TopologyMap map, Dictionary<int, int> counts, int slot, int by)
    {
        var domain = map.DomainOf(slot);
        if (domain == TopologyMap.None)
        {
            return;
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, domain, out _);
        count += by;
        if (count == 0)
        {
            counts.Remove(domain);
        }
    }
}
