using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// Merges an applied configuration into an object: what it names wins, lists that have keys are merged by them, and
/// their order is the configuration's. Source: structured-merge-diff typed/merge.go.
/// </summary>
internal static class FieldMerge
{
    /// <summary>The merged value; it may share parts with both, which are not changed.</summary>
    public static JsonTree? Merge(FieldShape shape, JsonTree? live, JsonTree? applied)
    {
        if (FieldTrees.IsHollow(live) && FieldTrees.IsHollow(applied))
        {
            return applied;
        }

        if (shape.IsMapLike && applied is null or TreeMap && live is null or TreeMap)
        {
            return Maps(shape, live as TreeMap, applied as TreeMap);
        }

        return shape.IsList && applied is null or TreeList && live is null or TreeList
            ? Lists(shape, live as TreeList, applied as TreeList)
            : applied;
    }

    private static TreeMap Maps(FieldShape shape, TreeMap? live, TreeMap? applied)
    {
        var merged = new TreeMap();
        if (live is not null)
        {
            foreach (var (name, value) in live.Members)
            {
                merged.Members[name] = value;
            }
        }

        if (applied is not null)
        {
            foreach (var (name, value) in applied.Members)
            {
                merged.Members[name] = merged.Members.TryGetValue(name, out var known)
                    && FieldTrees.Below(shape, name) is { } below
                        ? Merge(below, known, value)
                        : value;
            }
        }

        return merged;
    }

    // Items of the configuration in its order; others stay behind the items that they followed.
    private static TreeList Lists(FieldShape shape, TreeList? live, TreeList? applied)
    {
        var (left, right) = (new MergeSide(shape, live), new MergeSide(shape, applied));
        var shared = new Queue<string>(right.Elements.Where(left.First.ContainsKey));
        shared.TryDequeue(out var next);
        var merged = new TreeList();
        var done = new HashSet<string>(StringComparer.Ordinal);
        for (var (i, j) = (0, 0); i < left.Elements.Count || j < right.Elements.Count;)
        {
            if (i < left.Elements.Count)
            {
                var element = left.Elements[i];
                var isShared = right.First.ContainsKey(element);
                if (isShared && j < right.Elements.Count && element == right.Elements[j])
                {
                    Take(element);
                    (i, j) = (i + 1, j + 1);
                    shared.TryDequeue(out next);
                    continue;
                }

                if (isShared && j < right.Elements.Count && next is not null && next != element)
                {
                    i++;
                    continue;
                }

                if (!isShared)
                {
                    merged.Items.Add(live!.Items[i++]);
                    continue;
                }

                i += done.Contains(element) ? 1 : 0;
            }

            if (j < right.Elements.Count)
            {
                var element = right.Elements[j++];
                Take(element);
                if (element == next)
                {
                    shared.TryDequeue(out next);
                }
            }
        }

        return merged;

        void Take(string element)
        {
            done.Add(element);
            var item = right.First[element];
            merged.Items.Add(left.First.TryGetValue(element, out var known) && !left.Repeated.Contains(element)
                ? Merge(shape.Element!, known, item)
                : item);
        }
    }

    private sealed class MergeSide
    {
        public MergeSide(FieldShape shape, TreeList? list)
        {
            foreach (var item in list?.Items ?? [])
            {
                var element = FieldTrees.OfItem(shape, item);
                Elements.Add(element);
                if (!First.TryAdd(element, item))
                {
                    Repeated.Add(element);
                }
            }
        }

        public List<string> Elements { get; } = [];

        public Dictionary<string, JsonTree?> First { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Repeated { get; } = new(StringComparer.Ordinal);
    }
}
