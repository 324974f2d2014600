using System.Runtime.InteropServices;

namespace Netes.Api;

/// <summary>
/// Collects the entries of a map. Keys mostly arrive in order, as every writer of maps sorts them: then this is an
/// append; otherwise a search and an insertion into an array, or past <see cref="MaxInserts"/> of those, one sort at
/// the end.
/// </summary>
internal struct MapBuilder<T>
{
    private const int MaxInserts = 64;

    private StackItems<KeyValuePair<string, T>> _first;
    private KeyValuePair<string, T>[]? _more;
    private int _count;
    private int _inserts;
    private Dictionary<string, T>? _overflow;

    /// <summary>Adds or replaces; false when the key was there.</summary>
    public bool Set(string key, T value)
    {
        if (_overflow is not null)
        {
            var added = _overflow.TryAdd(key, value);
            _overflow[key] = value;
            return added;
        }

        var items = Items();
        if (_count == 0 || string.CompareOrdinal(items[_count - 1].Key, key) < 0)
        {
            Insert(_count, key, value);
            return true;
        }

        var index = Find(key);
        if (index >= 0)
        {
            items[index] = new(key, value);
            return false;
        }

        Insert(~index, key, value);
        if (++_inserts > MaxInserts)
        {
            _overflow = new Dictionary<string, T>(Items()[.._count].ToArray(), StringComparer.Ordinal);
        }

        return true;
    }

    public ValueMap<T> ToMap()
    {
        if (_overflow is not null)
        {
            return _overflow.ToValueMap();
        }

        return new(ImmutableCollectionsMarshal.AsImmutableArray(Items()[.._count].ToArray()));
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    private Span<KeyValuePair<string, T>> Items() => _more is null ? _first : _more;

    private void Insert(int index, string key, T value)
    {
        if (_count == Items().Length)
        {
            var grown = new KeyValuePair<string, T>[_count * 4];
            Items().CopyTo(grown);
            _more = grown;
        }

        var items = Items();
        items[index.._count].CopyTo(items[(index + 1)..]);
        items[index] = new(key, value);
        _count++;
    }

    private int Find(string key)
    {
        var items = Items();
        int low = 0, high = _count - 1;
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
}
