using System.Collections.Immutable;

namespace Netes.Nodes.Proxy;

/// <summary>
/// What changes with the cluster in our nftables table: chains with their rules, elements of the maps and sets, and
/// the sets that endpoints with session affinity own. The rest is <see cref="NftTable"/>.
/// </summary>
/// <param name="Chains">Chain name → its rules, in order.</param>
/// <param name="Elements">Map or set name → key → verdict (empty in a set).</param>
/// <param name="AffinitySets">Set name → timeout in seconds.</param>
public sealed record NftState(
    ImmutableSortedDictionary<string, ImmutableArray<string>> Chains,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Elements,
    ImmutableSortedDictionary<string, int> AffinitySets)
{
    public static NftState Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));
}
