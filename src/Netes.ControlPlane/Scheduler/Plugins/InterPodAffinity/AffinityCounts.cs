using Netes.Api;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What the filter needs to know about the pods of the cluster, with what is thought away or added.
/// Source: plugins/interpodaffinity/filtering.go, preFilterState.
/// </summary>
/// <param name="labels">Those of the pod's namespace.</param>
/// <param name="others">Terms of other pods that want to be apart from this one.</param>
/// <param name="near">Of each term that must be met: the pods that meet them all.</param>
/// <param name="apart">Of each term that must not be met: the pods that meet it.</param>
internal sealed class AffinityCounts(
    ValueMap<string> labels, IReadOnlyList<TermGroup> others, DomainCounter[] near, DomainCounter[] apart) : ICycleData
{
    private Dictionary<(string Key, string Value), int> _others = [];
    private Dictionary<(string Key, string Value), int> _near = [];
    private Dictionary<(string Key, string Value), int> _apart = [];

    public ICycleData Clone() => new AffinityCounts(labels, others, near, apart)
    {
        _others = new(_others),
        _near = new(_near),
        _apart = new(_apart),
    };

    /// <summary>A pod is on the node, too, or is not.</summary>
    public void Think(PodInfo pod, PodInfo changed, NodeInfo node, int by)
    {
        foreach (var term in changed.Terms.RequiredAnti)
        {
            if (term.Matches(pod.Pod, labels))
            {
                Count(_others, term.TopologyKey, node, by);
            }
        }

        if (near.Length > 0 && near[0].Matches(changed))
        {
            foreach (var counter in near)
            {
                Count(_near, counter.Map.Key, node, by);
            }
        }

        foreach (var counter in apart)
        {
            if (counter.Matches(changed))
            {
                Count(_apart, counter.Map.Key, node, by);
            }
        }
    }

    /// <summary>
    /// The node's domains have pods that meet all terms; or there are none anywhere, and the pod, as the first of its
    /// kind, meets them itself.
    /// </summary>
    public bool MeetsRequired(PodInfo pod, NodeInfo node)
    {
        var found = true;
        foreach (var counter in near)
        {
            var domain = counter.Map.DomainOf(node.Slot);
            if (domain == TopologyMap.None)
            {
                return false;
            }

            found &= counter.In(domain) + Thought(_near, counter.Map.Key, node) > 0;
        }

        return found || (IsFirst() && near[0].Matches(pod));
    }

    public bool MeetsRequiredAnti(NodeInfo node)
    {
        foreach (var counter in apart)
        {
            var domain = counter.Map.DomainOf(node.Slot);
            if (domain != TopologyMap.None
                && counter.In(domain) + Thought(_apart, counter.Map.Key, node) > 0)
            {
                return false;
            }
        }

        return true;
    }

    public bool MeetsOthersAnti(NodeInfo node)
    {
        if (_others.Count == 0)
        {
            foreach (var group in others)
            {
                if (group.In(group.Map.DomainOf(node.Slot)) > 0)
                {
                    return false;
                }
            }

            return true;
        }

        // What is thought away may be a pod of any of the groups: only the sum of a topology tells.
        foreach (var (key, _) in node.Node.Metadata.Labels)
        {
            var sum = (long)Thought(_others, key, node);
            foreach (var group in others)
            {
                sum += group.Map.Key == key ? group.In(group.Map.DomainOf(node.Slot)) : 0;
            }

            if (sum > 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsFirst() => near.Sum(counter => (long)counter.Total) + _near.Values.Sum() == 0;

    private static void Count(Dictionary<(string, string), int> counts, string key, NodeInfo node, int by)
    {
        if (node.Node.Metadata.Labels.TryGetValue(key, out var value))
        {
            counts[(key, value)] = counts.GetValueOrDefault((key, value)) + by;
        }
    }

    private static int Thought(Dictionary<(string, string), int> counts, string key, NodeInfo node) =>
        counts.Count > 0 && node.Node.Metadata.Labels.TryGetValue(key, out var value)
            ? counts.GetValueOrDefault((key, value))
            : 0;
}
