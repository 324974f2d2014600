using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Netes.Api;

/// <summary>An immutable list, equal by content. <c>default</c> is an empty list (Go's nil slice).</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public readonly struct ValueList<T>(ImmutableArray<T> items) : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly ImmutableArray<T> _items = items;

    public static ValueList<T> Empty => default;

    public int Count => _items.IsDefault ? 0 : _items.Length;

    public bool IsEmpty => _items.IsDefaultOrEmpty;

    /// <summary>True when the list was never set: written as <c>null</c> where Go writes a nil slice.</summary>
    public bool IsNil => _items.IsDefault;

    public T this[int index] => _items[index];

    public ReadOnlySpan<T> AsSpan() => _items.IsDefault ? default : _items.AsSpan();

    public ValueList<T> Add(T item) => new(_items.IsDefault ? [item] : _items.Add(item));

    public ValueList<T> AddRange(IEnumerable<T> more) => new(_items.IsDefault ? [.. more] : _items.AddRange(more));

    public ValueList<T> SetItem(int index, T item) => new(_items.SetItem(index, item));

    public ValueList<T> RemoveAt(int index) => new(_items.RemoveAt(index));

    public bool Equals(ValueList<T> other) => AsSpan().SequenceEqual(other.AsSpan());

    public override bool Equals(object? obj) => obj is ValueList<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in AsSpan())
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() =>
        ((IEnumerable<T>)(_items.IsDefault ? [] : _items)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    public static bool operator ==(ValueList<T> left, ValueList<T> right) => left.Equals(right);

    public static bool operator !=(ValueList<T> left, ValueList<T> right) => !left.Equals(right);
}

/// <summary>Builders of <see cref="ValueList{T}"/>.</summary>
public static class ValueList
{
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new([.. items]);

    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => new([.. items]);
}
