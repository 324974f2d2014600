namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Which domain each node is in by one label of nodes (a zone, a host): nodes and domains are small numbers, so that
/// what is counted per domain needs no strings. The number of a domain without nodes is given to the next.
/// </summary>
internal sealed class TopologyMap(string key)
{
    public const int None = -1;

    private readonly Dictionary<string, int> _domains = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];
    private readonly List<int> _nodes = [];
    private readonly Stack<int> _free = [];
    private int[] _domainOf = [];

    public string Key { get; } = key;

    /// <summary>Domains that have a node.</summary>
    public int Count => _domains.Count;

    /// <summary><see cref="None"/>: the node has no such label.</summary>
    public int DomainOf(int slot) => (uint)slot < (uint)_domainOf.Length ? _domainOf[slot] : None;

    public string ValueOf(int domain) => _values[domain];

    public void Add(NodeInfo node)
    {
        Invariant.Holds(DomainOf(node.Slot) == None, "a node is added to a topology once");
        if (!node.Node.Metadata.Labels.TryGetValue(Key, out var value))
        {
            return;
        }

        if (!_domains.TryGetValue(value, out var domain))
        {
            domain = _free.Count > 0 ? _free.Pop() : _values.Count;
            if (domain == _values.Count)
            {
                _values.Add(value);
                _nodes.Add(0);
            }

            _values[domain] = value;
            _domains[value] = domain;
        }

        if (node.Slot >= _domainOf.Length)
        {
            var grown = new int[Math.Max(16, (node.Slot + 1) * 2)];
            grown.AsSpan().Fill(None);
            _domainOf.CopyTo(grown, 0);
            _domainOf = grown;
        }

        _nodes[domain]++;
        _domainOf[node.Slot] = domain;
    }

    /// <summary>After all that counts the node's pods has forgotten them.</summary>
    public void Remove(NodeInfo node)
    {
        var domain = DomainOf(node.Slot);
        if (domain == None)
        {
            return;
        }

        _domainOf[node.Slot] = None;
        if (--_nodes[domain] == 0)
        {
            _domains.Remove(_values[domain]);
            _free.Push(domain);
        }
    }
}
