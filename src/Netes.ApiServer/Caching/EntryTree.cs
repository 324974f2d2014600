namespace Netes.ApiServer.Caching;

/// <summary>
/// The entries of one resource in key order, as a value: a change makes a new tree that shares all but the path to the
/// changed leaf (about 1 KB), so that a list reads one state for as long as it likes, without a lock.
/// A B+ tree: entries stand in the leaves; every node knows how many are below it, so positions are O(log n) as well.
/// </summary>
internal sealed class EntryTree
{
    private readonly EntryNode? _root;

    private EntryTree(EntryNode? root) => _root = root;

    public static EntryTree Empty { get; } = new(null);

    public int Count => _root?.Count ?? 0;

    /// <summary>A tree of entries that are in key order already, made at once.</summary>
    public static EntryTree Of(IReadOnlyList<CacheEntry> sorted)
    {
        List<EntryNode> level = [.. sorted.Chunk(EntryNode.Fill).Select(static items => new EntryNode.Leaf(items))];
        while (level.Count > 1)
        {
            level = [.. level.Chunk(EntryNode.Fill).Select(static children => new EntryNode.Inner(children))];
        }

        return level.Count == 0 ? Empty : new(level[0]);
    }

    public CacheEntry? Find(string key)
    {
        for (var node = _root; node is not null;)
        {
            if (node is EntryNode.Leaf leaf)
            {
                var at = leaf.IndexOf(key);
                return at >= 0 ? leaf.Items[at] : null;
            }

            var inner = (EntryNode.Inner)node;
            node = inner.Children[inner.ChildFor(key)];
        }

        return null;
    }

    /// <summary>The tree with the entry put in, or in place of the one with its key.</summary>
    public EntryTree With(CacheEntry entry)
    {
        if (_root is null)
        {
            return new(new EntryNode.Leaf([entry]));
        }

        var (first, second) = _root.With(entry);
        return new(second is null ? first : new EntryNode.Inner([first, second]));
    }

    public EntryTree Without(string key)
    {
        if (_root is null || Find(key) is null)
        {
            return this;
        }

        var root = _root.Without(key);
        while (root is EntryNode.Inner { Children.Length: 1 } inner)
        {
            root = inner.Children[0];
        }

        return new(root);
    }

    /// <summary>The position of the first entry whose key is at or after <paramref name="key"/>.</summary>
    public int IndexOf(string key)
    {
        var position = 0;
        for (var node = _root; node is not null;)
        {
            if (node is EntryNode.Leaf leaf)
            {
                var at = leaf.IndexOf(key);
                return position + (at >= 0 ? at : ~at);
            }

            var inner = (EntryNode.Inner)node;
            var child = inner.ChildFor(key);
            for (var i = 0; i < child; i++)
            {
                position += inner.Children[i].Count;
            }

            node = inner.Children[child];
        }

        return position;
    }

    /// <summary>How many keys begin with <paramref name="prefix"/>.</summary>
    public int CountOf(string prefix) => IndexOf(prefix + '\uffff') - IndexOf(prefix);

    /// <summary>
    /// The entries from <paramref name="startKey"/> on (itself included), as far as keys begin with the prefix.
    /// </summary>
    public IEnumerable<CacheEntry> Range(string prefix, string startKey)
    {
        var stack = new Stack<(EntryNode.Inner Node, int Next)>();
        var node = _root;
        var at = 0;
        while (node is EntryNode.Inner inner)
        {
            var child = inner.ChildFor(startKey);
            stack.Push((inner, child + 1));
            node = inner.Children[child];
        }

        if (node is EntryNode.Leaf first)
        {
            at = first.IndexOf(startKey);
            at = at >= 0 ? at : ~at;
        }

        while (node is EntryNode.Leaf leaf)
        {
            for (; at < leaf.Items.Length; at++)
            {
                if (!leaf.Items[at].Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield break;
                }

                yield return leaf.Items[at];
            }

            node = NextLeaf(stack);
            at = 0;
        }
    }

    private static EntryNode? NextLeaf(Stack<(EntryNode.Inner Node, int Next)> stack)
    {
        while (stack.TryPop(out var top))
        {
            if (top.Next >= top.Node.Children.Length)
            {
                continue;
            }

            stack.Push((top.Node, top.Next + 1));
            var node = top.Node.Children[top.Next];
            while (node is EntryNode.Inner inner)
            {
                stack.Push((inner, 1));
                node = inner.Children[0];
            }

            return node;
        }

        return null;
    }
}
