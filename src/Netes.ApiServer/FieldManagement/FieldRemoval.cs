using System.Text;
using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>Takes the members of a set out of an object. Source: structured-merge-diff typed/remove.go.</summary>
internal static class FieldRemoval
{
    /// <summary>A copy without what the set names; what the set leaves alone is shared.</summary>
    public static JsonTree? Remove(FieldShape shape, JsonTree? tree, ReadOnlySpan<byte> set)
    {
        if (FieldSets.IsEmpty(set))
        {
            return tree;
        }

        var reader = new FieldsReader(set);
        reader.Open();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var inside = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (reader.Next(out var element))
        {
            var below = reader.Take();
            var name = Encoding.UTF8.GetString(element);
            if (new FieldsReader(below).Open())
            {
                gone.Add(name);
            }
            else
            {
                inside.Add(name, below.ToArray());
            }
        }

        return tree switch
        {
            TreeMap map when shape.IsMapLike => FromMap(shape, map, gone, inside),
            TreeList list when shape.IsList => FromList(shape, list, gone, inside),
            _ => tree,
        };
    }

    private static TreeMap? FromMap(
        FieldShape shape, TreeMap map, HashSet<string> gone, Dictionary<string, byte[]> inside)
    {
        var kept = new TreeMap();
        foreach (var (name, value) in map.Members)
        {
            var element = FieldTrees.OfField(name);
            if (!gone.Contains(element))
            {
                kept.Members[name] = inside.TryGetValue(element, out var set)
                    && FieldTrees.Below(shape, name) is { } below
                        ? Remove(below, value, set)
                        : value;
            }
        }

        return kept.Members.Count == 0 ? null : kept;
    }

    private static TreeList? FromList(
        FieldShape shape, TreeList list, HashSet<string> gone, Dictionary<string, byte[]> inside)
    {
        var kept = new TreeList();
        foreach (var item in list.Items)
        {
            var element = FieldTrees.OfItem(shape, item);
            if (!gone.Contains(element))
            {
                kept.Items.Add(inside.TryGetValue(element, out var set) ? Remove(shape.Element!, item, set) : item);
            }
        }

        return kept.Items.Count == 0 ? null : kept;
    }
}
