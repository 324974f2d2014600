namespace Netes.Api;

/// <summary>Merges lists: of objects by their merge key, of plain values as sets.</summary>
internal static class StrategicLists
{
    public static TreeList Merge(TreeList original, TreeList patch, PatchPlace place, bool deletes)
    {
        if (original.Items.Count == 0 && patch.Items.Count == 0)
        {
            return original;
        }

        var isObjects = CheckSameType(original, patch);
        var before = new TreeList([.. original.Items]);
        TreeList merged;
        var mergeKey = isObjects ? place.MergeKey : "";
        if (!isObjects)
        {
            if (deletes)
            {
                var deleted = new ItemIndex(patch, "");
                return new TreeList(original.Items.FindAll(item => deleted.Find(item) < 0));
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            merged = new TreeList(
                [.. original.Items.Concat(patch.Items).Where(item => seen.Add(ItemIndex.Token(item)))]);
        }
        else
        {
            if (mergeKey.Length == 0)
            {
                throw StrategicDirectives.Internal("cannot merge lists without merge key for type struct");
            }

            (merged, patch) = FollowDirectives(original, patch, mergeKey);
            MergeItems(merged, patch, mergeKey, place.Item());
        }

        return InOrder(merged, patch, before, mergeKey);
    }

    /// <summary>
    /// Items that <paramref name="order"/> names stand in its order; the others keep their places among them as they
    /// had
    /// <paramref name="before"/> (mergeSortedSlice).
    /// </summary>
    public static TreeList InOrder(TreeList merged, TreeList order, TreeList before, string mergeKey)
    {
        var ordered = new ItemIndex(order, mergeKey);
        var former = new ItemIndex(before, mergeKey);
        var named = merged.Items.Where(item => ordered.Find(item) >= 0).OrderBy(ordered.Find).ToList();
        var others = merged.Items.Where(item => ordered.Find(item) < 0).ToList();
        var result = new TreeList();
        var next = 0;
        foreach (var item in named)
        {
            var place = former.Find(item);
            while (next < others.Count && place >= 0 && former.Find(others[next]) is var its && its >= 0 && its < place)
            {
                result.Items.Add(others[next++]);
            }

            result.Items.Add(item);
        }

        result.Items.AddRange(others.Skip(next));
        return result;
    }

    /// <summary>The items of a patch must stand in the order its directive gives, and be named there.</summary>
    public static void CheckOrder(TreeList patch, TreeList order, string mergeKey)
    {
        if (order.Items.Count == 0 || patch.Items.Count == 0)
        {
            return;
        }

        var next = 0;
        foreach (var item in patch.Items.Where(item => !StrategicDirectives.Has(item, out _)))
        {
            var token = ItemIndex.Token(ItemIndex.Key(item, mergeKey));
            while (next < order.Items.Count && ItemIndex.Token(ItemIndex.Key(order.Items[next], mergeKey)) != token)
            {
                next++;
            }

            if (next == order.Items.Count)
            {
                throw StrategicDirectives.Internal(
                    $"The order in patch list:\n{patch}\n doesn't match $setElementOrder list:\n{order}\n");
            }
        }
    }

    private static (TreeList Original, TreeList Patch) FollowDirectives(
        TreeList original, TreeList patch, string mergeKey)
    {
        var rest = new TreeList();
        var deleted = new HashSet<string>(StringComparer.Ordinal);
        var replace = false;
        foreach (var item in patch.Items)
        {
            if (!StrategicDirectives.Has(item, out var directive))
            {
                rest.Items.Add(item);
            }
            else if (StrategicDirectives.Is(directive, "delete"))
            {
                deleted.Add(ItemIndex.Token(ItemIndex.Key(item, mergeKey)));
            }
            else if (StrategicDirectives.Is(directive, "replace"))
            {
                replace = true;
            }
            else
            {
                throw StrategicDirectives.Is(directive, "merge")
                    ? StrategicDirectives.Internal("merging lists cannot yet be specified in the patch")
                    : StrategicDirectives.UnknownMarker(directive, item!);
            }
        }

        original.Items.RemoveAll(item => deleted.Contains(ItemIndex.Token((item as TreeMap)?.Get(mergeKey))));
        return replace ? (rest, new TreeList()) : (original, rest);
    }

    private static void MergeItems(TreeList target, TreeList patch, string mergeKey, PatchPlace item)
    {
        var index = new ItemIndex(target, mergeKey);
        foreach (var change in patch.Items)
        {
            var place = index.Find(change);
            if (place < 0)
            {
                index.Add(change);
            }
            else
            {
                target.Items[place] = StrategicMaps.Merge((TreeMap)target.Items[place]!, (TreeMap)change!, item);
            }
        }
    }

    /// <summary>True: objects; false: plain values. Lists of lists, or of both, cannot be merged.</summary>
    private static bool CheckSameType(TreeList original, TreeList patch)
    {
        string? type = null;
        foreach (var item in original.Items.Concat(patch.Items))
        {
            if (item is TreeList)
            {
                throw new PatchException(PatchFailure.Unprocessable, "lists of lists are not supported");
            }

            var its = StrategicDirectives.GoType(item);
            if (its != (type ??= its))
            {
                throw StrategicDirectives.Internal($"list element types are not identical: [{original} {patch}]");
            }
        }

        return original.Items.Concat(patch.Items).First() is TreeMap;
    }
}
