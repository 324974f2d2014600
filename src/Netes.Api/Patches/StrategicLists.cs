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
                return new TreeList(original.Items.FindAll(item => !Contains(patch, item)));
            }

            merged = new TreeList();
            foreach (var item in original.Items.Concat(patch.Items))
            {
                if (!Contains(merged, item))
                {
                    merged.Items.Add(item);
                }
            }
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
    /// Items that <paramref name="order"/> names stand in its order; the others keep their places among them as they had
    /// <paramref name="before"/> (mergeSortedSlice).
    /// </summary>
    public static TreeList InOrder(TreeList merged, TreeList order, TreeList before, string mergeKey)
    {
        foreach (var item in merged.Items)
        {
            if (mergeKey.Length > 0)
            {
                Key(item, mergeKey);
            }
        }

        var named = merged.Items.Where(item => IndexOf(order, item, mergeKey) >= 0)
            .OrderBy(item => IndexOf(order, item, mergeKey)).ToList();
        var others = merged.Items.Where(item => IndexOf(order, item, mergeKey) < 0).ToList();
        var result = new TreeList();
        var next = 0;
        foreach (var item in named)
        {
            var place = IndexOf(before, item, mergeKey);
            while (next < others.Count && place >= 0 && IndexOf(before, others[next], mergeKey) is var its && its >= 0
                && its < place)
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
            while (next < order.Items.Count && !SameItem(item, order.Items[next], mergeKey))
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
        var replace = false;
        foreach (var item in patch.Items)
        {
            if (!StrategicDirectives.Has(item, out var directive))
            {
                rest.Items.Add(item);
            }
            else if (StrategicDirectives.Is(directive, "delete"))
            {
                var key = Key(item, mergeKey);
                original.Items.RemoveAll(candidate => JsonTree.Same(MaybeKey(candidate, mergeKey), key));
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

        return replace ? (rest, new TreeList()) : (original, rest);
    }

    private static void MergeItems(TreeList target, TreeList patch, string mergeKey, PatchPlace item)
    {
        foreach (var change in patch.Items)
        {
            var key = Key(change, mergeKey);
            var index = target.Items.FindIndex(candidate => JsonTree.Same(MaybeKey(candidate, mergeKey), key));
            if (index < 0)
            {
                target.Items.Add(change);
            }
            else
            {
                target.Items[index] = StrategicMaps.Merge((TreeMap)target.Items[index]!, (TreeMap)change!, item);
            }
        }
    }

    private static int IndexOf(TreeList list, JsonTree? item, string mergeKey) =>
        list.Items.FindIndex(candidate => SameItem(candidate, item, mergeKey));

    private static bool SameItem(JsonTree? left, JsonTree? right, string mergeKey) => mergeKey.Length == 0
        ? JsonTree.Same(left, right)
        : JsonTree.Same(Key(left, mergeKey), Key(right, mergeKey));

    private static JsonTree? Key(JsonTree? item, string mergeKey)
    {
        if (item is not TreeMap members)
        {
            throw StrategicDirectives.NotA("map[string]interface {}", item);
        }

        return members.Members.TryGetValue(mergeKey, out var key)
            ? key
            : throw StrategicDirectives.NoMergeKey(item, mergeKey);
    }

    private static JsonTree? MaybeKey(JsonTree? item, string mergeKey) => (item as TreeMap)?.Get(mergeKey);

    private static bool Contains(TreeList list, JsonTree? item) =>
        list.Items.Exists(candidate => JsonTree.Same(candidate, item));

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
