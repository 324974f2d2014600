namespace Netes.Store.Revisions;

/// <summary>
/// All keys in order, immutable: chunks of at most 256 keys under one array. Adding or removing a key copies one chunk
/// (2 KB) and the array over the chunks (8 bytes for each about 190 keys: 4 KB at 100,000 keys); replacing a value
/// copies nothing, because that happens inside the <see cref="KeyHistory"/>. Readers keep the map that they started on.
/// </summary>
internal sealed class KeyMap
{
    private const int MaximumChunk = 256;
    private const int MergeBelow = MaximumChunk / 4;

    private readonly KeyHistory[][] _chunks;

    private KeyMap(KeyHistory[][] chunks) => _chunks = chunks;

    public static KeyMap Empty { get; } = new([]);

    public static KeyMap FromSorted(IReadOnlyList<KeyHistory> keys)
    {
        const int Filled = MaximumChunk * 3 / 4;
        var chunks = new KeyHistory[(keys.Count + Filled - 1) / Filled][];
        for (int i = 0; i < chunks.Length; i++)
        {
            int start = i * Filled;
            chunks[i] = new KeyHistory[Math.Min(Filled, keys.Count - start)];
            for (int j = 0; j < chunks[i].Length; j++)
            {
                chunks[i][j] = keys[start + j];
            }
        }

        return new KeyMap(chunks);
    }

    public KeyHistory? Find(string key)
    {
        int chunk = ChunkOf(key);
        if (chunk < 0)
        {
            return null;
        }

        int index = IndexIn(_chunks[chunk], key);
        return index >= 0 ? _chunks[chunk][index] : null;
    }

    /// <summary>The keys from <paramref name="start"/> on, in order.</summary>
    public IEnumerable<KeyHistory> From(string start)
    {
        int chunk = Math.Max(ChunkOf(start), 0);
        if (chunk >= _chunks.Length)
        {
            yield break;
        }

        int index = IndexIn(_chunks[chunk], start);
        index = index < 0 ? ~index : index;
        for (; chunk < _chunks.Length; chunk++, index = 0)
        {
            KeyHistory[] keys = _chunks[chunk];
            for (; index < keys.Length; index++)
            {
                yield return keys[index];
            }
        }
    }

    /// <summary>The map with one key more, which must not be in it yet.</summary>
    public KeyMap Add(KeyHistory added)
    {
        if (_chunks.Length == 0)
        {
            return new KeyMap([[added]]);
        }

        int chunk = Math.Max(ChunkOf(added.Key), 0);
        KeyHistory[] old = _chunks[chunk];
        int index = ~IndexIn(old, added.Key);
        Invariant.Holds(index >= 0, "a key is added once");
        KeyHistory[] grown = [.. old.AsSpan(0, index), added, .. old.AsSpan(index)];
        if (grown.Length <= MaximumChunk)
        {
            return Replace(chunk, 1, [grown]);
        }

        // Keys often come in ascending order: then the left part stays full instead of half empty.
        int cut = index == old.Length ? MaximumChunk : grown.Length / 2;
        return Replace(chunk, 1, [grown[..cut], grown[cut..]]);
    }

    /// <summary>
    /// The map with more keys, which are in order and not in it yet: a chunk is copied once, however many it gets.
    /// </summary>
    public KeyMap AddAll(IReadOnlyList<KeyHistory> added)
    {
        if (_chunks.Length == 0)
        {
            return FromSorted(added);
        }

        var chunks = new List<KeyHistory[]>(_chunks.Length + (added.Count / MergeBelow) + 1);
        int at = 0;
        for (int i = 0; i < _chunks.Length; i++)
        {
            string? end = i + 1 < _chunks.Length ? _chunks[i + 1][0].Key : null;
            var grown = new List<KeyHistory>(_chunks[i].Length);
            foreach (KeyHistory old in _chunks[i])
            {
                at = Take(added, at, old.Key, grown);
                grown.Add(old);
            }

            at = Take(added, at, end, grown);
            if (grown.Count == _chunks[i].Length)
            {
                chunks.Add(_chunks[i]);
            }
            else
            {
                chunks.AddRange(grown.Count <= MaximumChunk ? [[.. grown]] : FromSorted(grown)._chunks);
            }
        }

        return new KeyMap([.. chunks]);
    }

    /// <summary>The map without one key, which must be in it.</summary>
    public KeyMap Remove(string key)
    {
        int chunk = ChunkOf(key);
        Invariant.Holds(chunk >= 0, "a removed key is there");
        KeyHistory[] old = _chunks[chunk];
        int index = IndexIn(old, key);
        Invariant.Holds(index >= 0, "a removed key is there");
        KeyHistory[] shrunk = [.. old.AsSpan(0, index), .. old.AsSpan(index + 1)];
        if (shrunk.Length == 0)
        {
            return Replace(chunk, 1, []);
        }

        int next = chunk + 1;
        bool merges = shrunk.Length < MergeBelow && next < _chunks.Length
            && shrunk.Length + _chunks[next].Length <= MaximumChunk;
        return merges
            ? Replace(chunk, 2, [[.. shrunk, .. _chunks[next]]])
            : Replace(chunk, 1, [shrunk]);
    }

    /// <summary>Takes what is before a key, or all that is left.</summary>
    private static int Take(IReadOnlyList<KeyHistory> added, int at, string? end, List<KeyHistory> to)
    {
        for (; at < added.Count; at++)
        {
            int order = end is null ? -1 : KeyOrder.Compare(added[at].Key, end);
            if (order > 0)
            {
                break;
            }

            Invariant.Holds(order < 0, "a key is added once");
            to.Add(added[at]);
        }

        return at;
    }

    private KeyMap Replace(int chunk, int count, ReadOnlySpan<KeyHistory[]> with) =>
        new([.. _chunks.AsSpan(0, chunk), .. with, .. _chunks.AsSpan(chunk + count)]);

    /// <summary>The last chunk that begins at or before the key; -1 when the key is before all.</summary>
    private int ChunkOf(string key)
    {
        int low = 0;
        int high = _chunks.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (KeyOrder.Compare(_chunks[middle][0].Key, key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private static int IndexIn(KeyHistory[] keys, string key)
    {
        int low = 0;
        int high = keys.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            int order = KeyOrder.Compare(keys[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return ~low;
    }
}
