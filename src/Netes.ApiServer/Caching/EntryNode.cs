namespace Netes.ApiServer.Caching;

/// <summary>A node of an <see cref="EntryTree"/>; never changed once made.</summary>
internal abstract class EntryNode
{
    // 32 pointers: a changed leaf is copied in one or two cache lines per eight entries.
    /// <summary>How full nodes are made where all is known from the start: changes still have room.</summary>
    public const int Fill = 24;

    private const int Max = 32;
    private const int Min = 8;

    /// <summary>How many entries are below.</summary>
    public abstract int Count { get; }

    public abstract string FirstKey { get; }

    protected abstract int Width { get; }

    /// <summary>This node with the entry in it; two nodes where it grew too wide.</summary>
    public abstract (EntryNode First, EntryNode? Second) With(CacheEntry entry);

    /// <summary>This node without a key that is below it; null when nothing is left.</summary>
    public abstract EntryNode? Without(string key);

    public sealed class Leaf(CacheEntry[] items) : EntryNode
    {
        public CacheEntry[] Items => items;

        public override int Count => items.Length;

        public override string FirstKey => items[0].Key;

        protected override int Width => items.Length;

        /// <summary>The position of a key, or the complement of where it would stand.</summary>
        public int IndexOf(string key)
        {
            int low = 0, high = items.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                var order = string.CompareOrdinal(items[middle].Key, key);
                if (order == 0)
                {
                    return middle;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return ~low;
        }

        public override (EntryNode First, EntryNode? Second) With(CacheEntry entry)
        {
            var at = IndexOf(entry.Key);
            if (at >= 0)
            {
                var replaced = (CacheEntry[])items.Clone();
                replaced[at] = entry;
                return (new Leaf(replaced), null);
            }

            CacheEntry[] grown = [.. items.AsSpan(0, ~at), entry, .. items.AsSpan(~at)];
            return grown.Length <= Max
                ? (new Leaf(grown), null)
                : (new Leaf(grown[..(grown.Length / 2)]), new Leaf(grown[(grown.Length / 2)..]));
        }

        public override EntryNode? Without(string key)
        {
            var at = IndexOf(key);
            return items.Length == 1 ? null : new Leaf([.. items.AsSpan(0, at), .. items.AsSpan(at + 1)]);
        }
    }

    public sealed class Inner(EntryNode[] children) : EntryNode
    {
        private readonly string[] _keys = Array.ConvertAll(children, static child => child.FirstKey);

        public EntryNode[] Children => children;

        public override int Count { get; } = children.Sum(static child => child.Count);

        public override string FirstKey => _keys[0];

        protected override int Width => children.Length;

        /// <summary>The child that has, or would have, the key.</summary>
        public int ChildFor(string key)
        {
            int low = 1, high = _keys.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                (low, high) = string.CompareOrdinal(_keys[middle], key) <= 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return low - 1;
        }

        public override (EntryNode First, EntryNode? Second) With(CacheEntry entry)
        {
            var at = ChildFor(entry.Key);
            var (first, second) = children[at].With(entry);
            if (second is null)
            {
                var replaced = (EntryNode[])children.Clone();
                replaced[at] = first;
                return (new Inner(replaced), null);
            }

            EntryNode[] grown = [.. children.AsSpan(0, at), first, second, .. children.AsSpan(at + 1)];
            return grown.Length <= Max
                ? (new Inner(grown), null)
                : (new Inner(grown[..(grown.Length / 2)]), new Inner(grown[(grown.Length / 2)..]));
        }

        public override EntryNode? Without(string key)
        {
            var at = ChildFor(key);
            var changed = children[at].Without(key);
            if (changed is null)
            {
                return children.Length == 1 ? null : new Inner([.. children.AsSpan(0, at), .. children.AsSpan(at + 1)]);
            }

            var neighbour = at > 0 ? at - 1 : at + 1;
            if (changed.Width >= Min || neighbour >= children.Length
                || changed.Width + children[neighbour].Width > Max)
            {
                var replaced = (EntryNode[])children.Clone();
                replaced[at] = changed;
                return new Inner(replaced);
            }

            var left = Math.Min(at, neighbour);
            var merged = at < neighbour ? Merge(changed, children[neighbour]) : Merge(children[neighbour], changed);
            return new Inner([.. children.AsSpan(0, left), merged, .. children.AsSpan(left + 2)]);
        }

        private static EntryNode Merge(EntryNode left, EntryNode right) => left is Leaf leaf
            ? new Leaf([.. leaf.Items, .. ((Leaf)right).Items])
            : new Inner([.. ((Inner)left).Children, .. ((Inner)right).Children]);
    }
}
