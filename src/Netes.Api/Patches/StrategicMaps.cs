namespace Netes.Api;

/// <summary>Merges objects.</summary>
internal static class StrategicMaps
{
    /// <summary>The target with the patch merged into it; both are changed.</summary>
    public static TreeMap Merge(TreeMap? original, TreeMap patch, PatchPlace place)
    {
        if (StrategicDirectives.Has(patch, out var directive))
        {
            return StrategicDirectives.Follow(directive, patch);
        }

        var target = original ?? new TreeMap();
        StrategicDirectives.Retain(target, patch);
        Order(target, patch, place);
        foreach (var (name, value) in patch.Members)
        {
            var deletes = name.StartsWith(StrategicDirectives.DeleteFromPrimitiveList, StringComparison.Ordinal);
            MergeMember(
                target, deletes ? name[StrategicDirectives.DeleteFromPrimitiveList.Length..] : name, value, deletes,
                place);
        }

        return target;
    }

    private static void MergeMember(TreeMap target, string name, JsonTree? value, bool deletes, PatchPlace place)
    {
        if (value is null)
        {
            target.Members.Remove(name);
            return;
        }

        var known = target.Members.TryGetValue(name, out var current);
        if (!known || StrategicDirectives.GoType(current) != StrategicDirectives.GoType(value))
        {
            if (!deletes)
            {
                Set(target, name, value);
            }

            return;
        }

        switch (value)
        {
            case TreeMap members:
                var inner = place.Member(name);
                target.Members[name] = inner.IsReplace ? members : Merge((TreeMap)current!, members, inner);
                break;
            case TreeList list:
                var place2 = place.Member(name);
                target.Members[name] = place2.IsMerge
                    ? StrategicLists.Merge((TreeList)current!, list, place2, deletes)
                    : list;
                break;
            default:
                target.Members[name] = value;
                break;
        }
    }

    private static void Set(TreeMap target, string name, JsonTree value)
    {
        if (StrategicDirectives.Clean(value, out var cleaned))
        {
            target.Members[name] = cleaned;
        }
        else
        {
            target.Members.Remove(name);
        }
    }

    /// <summary>Merges each list that has an order directive, puts it in that order, and takes both out of the
    /// patch.</summary>
    private static void Order(TreeMap target, TreeMap patch, PatchPlace place)
    {
        var directives = patch.Members.Keys
            .Where(name => name.StartsWith(StrategicDirectives.SetElementOrder, StringComparison.Ordinal)).ToList();
        foreach (var directive in directives)
        {
            patch.Members.Remove(directive, out var orderValue);
            var order = List(orderValue);
            var name = directive[StrategicDirectives.SetElementOrder.Length..];
            var hasOriginal = target.Members.TryGetValue(name, out var originalValue);
            var hasPatch = patch.Members.TryGetValue(name, out var patchValue);
            var original = hasOriginal ? List(originalValue) : new TreeList();
            var changes = hasPatch ? List(patchValue) : new TreeList();
            var list = place.Member(name);
            StrategicLists.CheckOrder(changes, order, list.MergeKey);
            if (!hasOriginal && !hasPatch)
            {
                continue;
            }

            var before = new TreeList([.. original.Items]);
            var merged = !hasPatch ? original
                : !hasOriginal ? changes
                : list.IsMerge ? StrategicLists.Merge(original, changes, list, deletes: false)
                : changes;
            target.Members[name] = StrategicLists.InOrder(merged, order, before, list.MergeKey);
            patch.Members.Remove(name);
        }
    }

    private static TreeList List(JsonTree? value) =>
        value as TreeList ?? throw StrategicDirectives.NotA("[]interface {}", value);
}
