using System.Collections.Immutable;

namespace Netes.Nodes.Proxy;

/// <summary>Collects chains and elements; the compilers write into it.</summary>
internal sealed class NftStateBuilder
{
    private static readonly ImmutableSortedDictionary<string, string> NoElements =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>>.Builder _chains =
        NftState.Empty.Chains.ToBuilder();

    private readonly Dictionary<string, ImmutableSortedDictionary<string, string>.Builder> _elements =
        new(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, int>.Builder _affinitySets =
        NftState.Empty.AffinitySets.ToBuilder();

    public void Chain(string name, IEnumerable<string> rules) => _chains[name] = [.. rules];

    /// <summary>The first to claim a key keeps it: two Services cannot share an address and port.</summary>
    public void Element(string map, string key, string verdict = "")
    {
        if (!_elements.TryGetValue(map, out var elements))
        {
            _elements[map] = elements = NoElements.ToBuilder();
        }

        elements.TryAdd(key, verdict);
    }

    public void AffinitySet(string name, int timeoutSeconds) => _affinitySets[name] = timeoutSeconds;

    public NftState Build() => new(
        _chains.ToImmutable(),
        _elements.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.ToImmutable(),
            StringComparer.Ordinal),
        _affinitySets.ToImmutable());
}
