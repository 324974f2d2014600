using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Netes.Api;

/// <summary>Collects the items of a list. The first ones stay on the stack, so that a short list allocates only
/// itself.</summary>
internal struct ListBuilder<T>
{
    private StackItems<T> _first;
    private T[]? _more;
    private int _count;

    public void Add(T item)
    {
        if (_count < StackItems.Length)
        {
            _first[_count++] = item;
            return;
        }

        if (_more is null)
        {
            _more = new T[StackItems.Length * 4];
            ((Span<T>)_first).CopyTo(_more);
        }
        else if (_count == _more.Length)
        {
            Array.Resize(ref _more, _count * 2);
        }

        _more[_count++] = item;
    }

    public ValueList<T> ToList()
    {
        var items = _more is null ? ((Span<T>)_first)[.._count] : _more.AsSpan(0, _count);
        return new(ImmutableCollectionsMarshal.AsImmutableArray(items.ToArray()));
    }
}

internal static class StackItems
{
    public const int Length = 8;
}

/// <summary>Room for a few items on the stack.</summary>
[InlineArray(StackItems.Length)]
internal struct StackItems<T>
{
    private T _item;
}
