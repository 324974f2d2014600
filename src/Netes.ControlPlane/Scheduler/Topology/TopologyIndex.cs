using System.Collections.Immutable;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What affinity and spreading ask about pods of the whole cluster, kept up to date as nodes and pods change, so that a
/// question costs its answer and not a walk over all pods. Only the scheduling loop uses it.
/// </summary>
internal sealed class TopologyIndex
{
    // A counter takes a few bytes per node that has such pods. Beyond this many, those not asked for longest are
    // dropped, and counted anew when they are.
    private const int MaxCounters = 2048;

    private readonly Dictionary<string, TopologyMap> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeQuery, EligibleNodes> _nodes = [];
    private readonly Dictionary<PodQuery, PodCounter> _counters = [];
    private readonly Dictionary<(string, string), List<PodCounter>> _byLabel = [];
    private readonly List<PodCounter> _unlabelled = [];
    private readonly Dictionary<int, NodeInfo> _known = [];
    private long _clock;

    /// <summary>Pods that must not be near certain pods.</summary>
    public TermGroups RequiredAnti { get; } = new();

    /// <summary>Pods that must be near certain pods.</summary>
    public TermGroups Required { get; } = new();

    /// <summary>Pods that would rather be near certain pods, or (by negative weights) not.</summary>
    public TermGroups Preferred { get; } = new();

    public TopologyMap Map(string key)
    {
        if (!_maps.TryGetValue(key, out var map))
        {
            _maps[key] = map = new TopologyMap(key);
            foreach (var node in _known.Values)
            {
                map.Add(node);
            }
        }

        return map;
    }

    public EligibleNodes Nodes(NodeQuery query)
    {
        if (!_nodes.TryGetValue(query, out var nodes))
        {
            _nodes[query] = nodes = new EligibleNodes(query);
            foreach (var node in _known.Values)
            {
                nodes.Add(node);
            }
        }

        return nodes;
    }

    public PodCounter Counter(PodQuery query)
    {
        if (!_counters.TryGetValue(query, out var counter))
        {
            if (_counters.Count >= MaxCounters)
            {
                Trim();
            }

            _counters[query] = counter = new PodCounter(query);
            Bucket(counter).Add(counter);
            Count(counter);
        }

        counter.UsedAt = ++_clock;
        return counter;
    }

    /// <summary>A node came (old is null), changed or went (next is null).</summary>
    public void Changed(NodeInfo? old, NodeInfo? next)
    {
        if (old is not null && next is not null && IsSamePlace(old, next))
        {
            _known[next.Slot] = next;
            PodsChanged(old.Pods, next.Pods, next.Slot);
            return;
        }

        if (old is not null)
        {
            PodsChanged(old.Pods, [], old.Slot);
            foreach (var nodes in _nodes.Values)
            {
                nodes.Remove(old);
            }

            foreach (var map in _maps.Values)
            {
                map.Remove(old);
            }

            _known.Remove(old.Slot);
        }

        if (next is not null)
        {
            Invariant.Holds(_known.TryAdd(next.Slot, next), "a slot has one node");
            foreach (var map in _maps.Values)
            {
                map.Add(next);
            }

            foreach (var nodes in _nodes.Values)
            {
                nodes.Add(next);
            }

            PodsChanged([], next.Pods, next.Slot);
        }
    }

    private static bool IsSamePlace(NodeInfo old, NodeInfo next) =>
        old.Slot == next.Slot
        && (ReferenceEquals(old.Node, next.Node)
            || (old.Node.Metadata.Labels == next.Node.Metadata.Labels
                && old.Node.Spec.Taints == next.Node.Spec.Taints));

    /// <summary>A pod more or less is the rule: what is the same at both ends is left alone.</summary>
    private void PodsChanged(ImmutableArray<PodInfo> old, ImmutableArray<PodInfo> next, int slot)
    {
        var same = 0;
        while (same < old.Length && same < next.Length && ReferenceEquals(old[same], next[same]))
        {
            same++;
        }

        var tail = 0;
        while (tail < old.Length - same && tail < next.Length - same
            && ReferenceEquals(old[old.Length - tail - 1], next[next.Length - tail - 1]))
        {
            tail++;
        }

        for (var i = same; i < old.Length - tail; i++)
        {
            Count(old[i], slot, -1);
        }

        for (var i = same; i < next.Length - tail; i++)
        {
            Count(next[i], slot, 1);
        }
    }

    private void Count(PodInfo pod, int slot, int by)
    {
        foreach (var (key, value) in pod.Pod.Metadata.Labels)
        {
            if (_byLabel.TryGetValue((key, value), out var counters))
            {
                Count(counters, pod, slot, by);
            }
        }

        Count(_unlabelled, pod, slot, by);
        foreach (var term in pod.Terms.RequiredAnti)
        {
            RequiredAnti.Add(term, this, slot, by, by);
        }

        foreach (var term in pod.Terms.Required)
        {
            Required.Add(term, this, slot, by, by);
        }

        foreach (var (term, weight) in pod.Terms.Preferred)
        {
            Preferred.Add(term, this, slot, weight * by, by);
        }
    }

    private static void Count(List<PodCounter> counters, PodInfo pod, int slot, int by)
    {
        foreach (var counter in counters)
        {
            if (counter.Query.Matches(pod.Pod))
            {
                counter.Add(slot, by);
            }
        }
    }

    private void Count(PodCounter counter)
    {
        foreach (var node in _known.Values)
        {
            var count = 0;
            foreach (var pod in node.Pods)
            {
                count += counter.Query.Matches(pod.Pod) ? 1 : 0;
            }

            if (count > 0)
            {
                counter.Add(node.Slot, count);
            }
        }
    }

    private List<PodCounter> Bucket(PodCounter counter)
    {
        if (counter.Query.Label is not { } label)
        {
            return _unlabelled;
        }

        if (!_byLabel.TryGetValue(label, out var bucket))
        {
            _byLabel[label] = bucket = [];
        }

        return bucket;
    }

    /// <summary>Drops the quarter that was not asked for longest, and what only they needed.</summary>
    private void Trim()
    {
        foreach (var counter in _counters.Values.OrderBy(counter => counter.UsedAt).Take(MaxCounters / 4).ToList())
        {
            _counters.Remove(counter.Query);
            var bucket = Bucket(counter);
            bucket.Remove(counter);
            if (bucket.Count == 0 && counter.Query.Label is { } label)
            {
                _byLabel.Remove(label);
            }
        }

        var domains = _counters.Values.SelectMany(counter => counter.Domains).ToList();
        var usedNodes = domains.Select(counter => counter.Nodes).ToHashSet();
        foreach (var nodes in _nodes.Values.Where(nodes => !usedNodes.Contains(nodes)).ToList())
        {
            _nodes.Remove(nodes.Query);
        }

        var usedMaps = domains.Select(counter => counter.Map)
            .Concat(RequiredAnti.Maps).Concat(Required.Maps).Concat(Preferred.Maps).ToHashSet();
        foreach (var map in _maps.Values.Where(map => !usedMaps.Contains(map)).ToList())
        {
            _maps.Remove(map.Key);
        }

        foreach (var nodes in _nodes.Values)
        {
            nodes.Forget(map => !usedMaps.Contains(map));
        }
    }
}

/// <summary>Affinity terms that pods of the cluster have: each once, however many pods have it.</summary>
internal sealed class TermGroups
{
    private readonly Dictionary<AffinityTerm, TermGroup> _groups = [];

    public Dictionary<AffinityTerm, TermGroup>.ValueCollection All => _groups.Values;

    public IEnumerable<TopologyMap> Maps => _groups.Values.Select(group => group.Map);

    public void Add(AffinityTerm term, TopologyIndex index, int slot, long weight, int pods)
    {
        if (!_groups.TryGetValue(term, out var group))
        {
            _groups[term] = group = new TermGroup(term, index.Map(term.TopologyKey));
        }

        group.Add(slot, weight, pods);
        if (group.IsEmpty)
        {
            _groups.Remove(term);
        }
    }
}
