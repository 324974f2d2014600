using System.Runtime.InteropServices;

namespace Netes.Api;

/// <summary>
/// Collects the entries of a map. Keys mostly arrive in order, as every writer of maps sorts them: then this is an append;
/// otherwise a search and an insertion into an array, or past <see cref="MaxInserts"/> of those, one sort at the end.
/// </summary>
internal struct MapBuilder<T>
{
    private const int MaxInserts = 64;

    private KeyValuePair<string, T>[] _items = new KeyValuePair<string, T>[4];
    private int _count;
    private int _inserts;
    private Dictionary<string, T>? _overflow;

    public MapBuilder()
    {
    }

    /// <summary>Adds or replaces; false when the key was there.</summary>
    public bool Set(string key, T value)
    {
        if (_overflow is not null)
        {
            var added = _overflow.TryAdd(key, value);
            _overflow[key] = value;
            return added;
        }

        if (_count == 0 || string.CompareOrdinal(_items[_count - 1].Key, key) < 0)
        {
            Insert(_count, key, value);
            return true;
        }

        var index = Find(key);
        if (index >= 0)
        {
            _items[index] = new(key, value);
            return false;
        }

        Insert(~index, key, value);
        if (++_inserts > MaxInserts)
        {
            _overflow = new Dictionary<string, T>(_items.Take(_count), StringComparer.Ordinal);
        }

        return true;
    }

    public readonly ValueMap<T> ToMap()
    {
        if (_overflow is not null)
        {
            return _overflow.ToValueMap();
        }

        var items = _items.AsSpan(0, _count).ToArray();
        return new(ImmutableCollectionsMarshal.AsImmutableArray(items));
    }

    private void Insert(int index, string key, T value)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
        }

        Array.Copy(_items, index, _items, index + 1, _count - index);
        _items[index] = new(key, value);
        _count++;
    }

    private readonly int Find(string key)
    {
        int low = 0, high = _count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_items[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
