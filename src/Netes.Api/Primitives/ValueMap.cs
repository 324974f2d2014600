using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Netes.Api;

/// <summary>
/// An immutable map from string keys, ordered by key (ordinal), equal by content. <c>default</c> is an empty map.
/// Lookups are binary searches: wire maps are small, and this is a third of a dictionary's memory.
/// </summary>
public readonly struct ValueMap<TValue> : IReadOnlyDictionary<string, TValue>, IEquatable<ValueMap<TValue>>
{
    private readonly ImmutableArray<KeyValuePair<string, TValue>> _items;

    internal ValueMap(ImmutableArray<KeyValuePair<string, TValue>> sortedItems) => _items = sortedItems;

    public static ValueMap<TValue> Empty => default;

    public int Count => _items.IsDefault ? 0 : _items.Length;

    public bool IsEmpty => _items.IsDefaultOrEmpty;

    public bool IsNil => _items.IsDefault;

    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<TValue> Values => this.Select(pair => pair.Value);

    public TValue this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"no key \"{key}\"");

    public bool ContainsKey(string key) => Find(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = Find(key);
        value = index >= 0 ? _items[index].Value : default;
        return index >= 0;
    }

    /// <summary>The value under <paramref name="key"/>, or <paramref name="fallback"/>.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public TValue? Get(string key, TValue? fallback = default) => TryGetValue(key, out var value) ? value : fallback;

    public ValueMap<TValue> Set(string key, TValue value)
    {
        var index = Find(key);
        var pair = KeyValuePair.Create(key, value);
        return index >= 0 ? new(_items.SetItem(index, pair))
            : new((_items.IsDefault ? [] : _items).Insert(~index, pair));
    }

    public ValueMap<TValue> Remove(string key)
    {
        var index = Find(key);
        return index >= 0 ? new(_items.RemoveAt(index)) : this;
    }

    public bool Equals(ValueMap<TValue> other)
    {
        if (Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            if (!string.Equals(_items[i].Key, other._items[i].Key, StringComparison.Ordinal)
                || !EqualityComparer<TValue>.Default.Equals(_items[i].Value, other._items[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is ValueMap<TValue> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in this)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public ImmutableArray<KeyValuePair<string, TValue>>.Enumerator GetEnumerator() =>
        (_items.IsDefault ? [] : _items).GetEnumerator();

    IEnumerator<KeyValuePair<string, TValue>> IEnumerable<KeyValuePair<string, TValue>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, TValue>>)(_items.IsDefault ? [] : _items)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<string, TValue>>)this).GetEnumerator();

    public static bool operator ==(ValueMap<TValue> left, ValueMap<TValue> right) => left.Equals(right);

    public static bool operator !=(ValueMap<TValue> left, ValueMap<TValue> right) => !left.Equals(right);

    private int Find(string key)
    {
        int low = 0, high = Count - 1;
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

/// <summary>Builders of <see cref="ValueMap{TValue}"/>.</summary>
public static class ValueMap
{
    /// <summary>A map of the pairs; of equal keys the last one wins, as in a JSON object.</summary>
    public static ValueMap<TValue> ToValueMap<TValue>(this IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        var sorted = new SortedList<string, TValue>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            sorted[key] = value;
        }

        return new([.. sorted]);
    }

    public static ValueMap<TValue> Of<TValue>(params (string Key, TValue Value)[] pairs) =>
        pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)).ToValueMap();
}
