using System.Runtime.InteropServices;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Pods of some namespaces with some labels. Equal by content.</summary>
/// <param name="Namespaces">In order, each once.</param>
/// <param name="Labels">What their labels must be.</param>
internal sealed record PodTerm(ValueList<string> Namespaces, LabelMatcher Labels)
{
    public bool Matches(Pod pod) =>
        Namespaces.AsSpan().Contains(pod.Metadata.Namespace) && Labels.Matches(pod.Metadata.Labels);
}

/// <summary>Pods that meet all of the terms. Equal by content.</summary>
/// <param name="Terms">At least one.</param>
/// <param name="SkipsTerminating">Whether pods that are being deleted do not count.</param>
internal sealed record PodQuery(ValueList<PodTerm> Terms, bool SkipsTerminating)
{
    /// <summary>A label that each of the pods has; null: there is no such label.</summary>
    public (string Key, string Value)? Label
    {
        get
        {
            foreach (var term in Terms)
            {
                foreach (var requirement in term.Labels.Requirements)
                {
                    if (requirement is
                        {
                            Operator: LabelOperator.In or LabelOperator.Equals or LabelOperator.DoubleEquals,
                            Values.Count: 1,
                        })
                    {
                        return (requirement.Key, requirement.Values[0]);
                    }
                }
            }

            return null;
        }
    }

    public bool Matches(Pod pod)
    {
        foreach (var term in Terms)
        {
            if (!term.Matches(pod))
            {
                return false;
            }
        }

        return !SkipsTerminating || pod.Metadata.DeletionTimestamp is null;
    }
}

/// <summary>How many pods of a query each node has, and each domain of some topologies; kept up to date.</summary>
internal sealed class PodCounter(PodQuery query)
{
    private readonly Dictionary<int, int> _bySlot = [];
    private readonly List<DomainCounter> _domains = [];

    public PodQuery Query { get; } = query;

    /// <summary>When it was last asked for, to know the one that is missed least.</summary>
    public long UsedAt { get; set; }

    public IReadOnlyList<DomainCounter> Domains => _domains;

    public int On(int slot) => _bySlot.GetValueOrDefault(slot);

    public void Add(int slot, int count)
    {
        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_bySlot, slot, out _);
        total += count;
        Invariant.Holds(total >= 0, "a node has no fewer than no pods");
        if (total == 0)
        {
            _bySlot.Remove(slot);
        }

        foreach (var domains in _domains)
        {
            domains.Add(slot, count);
        }
    }

    /// <summary>The same by the domains of a topology, counting eligible nodes only.</summary>
    public DomainCounter By(TopologyMap map, EligibleNodes nodes)
    {
        foreach (var known in _domains)
        {
            if (known.Map == map && known.Nodes == nodes)
            {
                return known;
            }
        }

        var counter = new DomainCounter(Query, map, nodes);
        foreach (var (slot, count) in _bySlot)
        {
            counter.Add(slot, count);
        }

        _domains.Add(counter);
        return counter;
    }
}

/// <summary>How many pods of a query are in each domain of a topology, on eligible nodes.</summary>
internal sealed class DomainCounter(PodQuery query, TopologyMap map, EligibleNodes nodes)
{
    private readonly Dictionary<int, int> _byDomain = [];

    public TopologyMap Map { get; } = map;

    public EligibleNodes Nodes { get; } = nodes;

    /// <summary>Of all domains.</summary>
    public int Total { get; private set; }

    public bool Matches(PodInfo pod) => query.Matches(pod.Pod);

    public int In(int domain) => _byDomain.GetValueOrDefault(domain);

    public void Add(int slot, int count)
    {
        var domain = Map.DomainOf(slot);
        if (domain == TopologyMap.None || !Nodes.Contains(slot))
        {
            return;
        }

        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_byDomain, domain, out _);
        total += count;
        Total += count;
        if (total == 0)
        {
            _byDomain.Remove(domain);
        }
    }

    /// <summary>The fewest in one of the domains with an eligible node, with what is thought away or added.</summary>
    public int Fewest(IReadOnlyDictionary<int, int>? thought)
    {
        var domains = Nodes.DomainsOf(Map);
        if (thought is null or { Count: 0 })
        {
            // Domains without a pod are not listed.
            return _byDomain.Count < domains.Count ? 0 : _byDomain.Values.DefaultIfEmpty(int.MaxValue).Min();
        }

        var fewest = int.MaxValue;
        foreach (var domain in domains.Keys)
        {
            fewest = Math.Min(fewest, In(domain) + thought.GetValueOrDefault(domain));
        }

        return fewest;
    }
}
