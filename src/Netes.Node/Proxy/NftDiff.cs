using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Netes.Nodes.Proxy;

/// <summary>The one transaction that leads from one state of the table to another. Pure; empty when nothing
/// changed.</summary>
public static class NftDiff
{
    private static readonly ImmutableSortedDictionary<string, string> None =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static string Between(NftState old, NftState next, string table)
    {
        var text = new StringBuilder();
        AddSetsAndChains(text, old, next, table);
        ChangeElements(text, old, next, table);
        RemoveSetsAndChains(text, old, next, table);
        return text.ToString();
    }

    private static void AddSetsAndChains(StringBuilder text, NftState old, NftState next, string table)
    {
        foreach (var (name, timeout) in next.AffinitySets)
        {
            if (!old.AffinitySets.TryGetValue(name, out var before) || before != timeout)
            {
                if (before != 0)
                {
                    // A set's timeout cannot change in place; its rule is written again below with the chain.
                    text.Append(CultureInfo.InvariantCulture, $"flush set ip {table} {name}\n");
                }

                text.Append(CultureInfo.InvariantCulture,
                    $"add set ip {table} {name} {{ type ipv4_addr; flags dynamic,timeout; timeout {timeout}s; }}\n");
            }
        }

        var changed = next.Chains
            .Where(pair => !old.Chains.TryGetValue(pair.Key, out var rules) || !rules.SequenceEqual(pair.Value))
            .ToList();
        foreach (var (name, _) in changed)
        {
            // Before any rule, so that rules may jump to chains that come later.
            text.Append(CultureInfo.InvariantCulture, $"add chain ip {table} {name}\nflush chain ip {table} {name}\n");
        }

        foreach (var (name, rules) in changed)
        {
            foreach (var rule in rules)
            {
                text.Append(CultureInfo.InvariantCulture, $"add rule ip {table} {name} {rule}\n");
            }
        }
    }

    private static void ChangeElements(StringBuilder text, NftState old, NftState next, string table)
    {
        foreach (var map in old.Elements.Keys.Union(next.Elements.Keys, StringComparer.Ordinal))
        {
            var before = old.Elements.GetValueOrDefault(map, None);
            var after = next.Elements.GetValueOrDefault(map, None);
            Append(text, "delete", table, map, before.Where(pair =>
                !after.TryGetValue(pair.Key, out var verdict) || verdict != pair.Value));
            Append(text, "add", table, map, after.Where(pair =>
                !before.TryGetValue(pair.Key, out var verdict) || verdict != pair.Value));
        }
    }

    private static void Append(
        StringBuilder text, string verb, string table, string map, IEnumerable<KeyValuePair<string, string>> elements)
    {
        var list = elements.Select(pair => pair.Value.Length > 0 ? $"{pair.Key} : {pair.Value}" : pair.Key).ToList();
        if (list.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{verb} element ip {table} {map} {{ {string.Join(", ", list)} }}\n");
        }
    }

    private static void RemoveSetsAndChains(StringBuilder text, NftState old, NftState next, string table)
    {
        var gone = old.Chains.Keys.Where(name => !next.Chains.ContainsKey(name)).ToList();
        foreach (var name in gone)
        {
            text.Append(CultureInfo.InvariantCulture, $"flush chain ip {table} {name}\n");
        }

        foreach (var name in gone)
        {
            text.Append(CultureInfo.InvariantCulture, $"delete chain ip {table} {name}\n");
        }

        foreach (var name in old.AffinitySets.Keys.Where(name => !next.AffinitySets.ContainsKey(name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"delete set ip {table} {name}\n");
        }
    }
}
