namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// The parts of objects and lists that are being looked at: a stack of items and of the texts of their elements, kept
/// and reused.
/// </summary>
internal sealed class FieldItems
{
    private FieldItem[] _items = new FieldItem[64];
    private byte[] _texts = new byte[1024];
    private int _length;

    public int Count { get; private set; }

    public ref FieldItem this[int index] => ref _items[index];

    /// <summary>Where to come back to with <see cref="Release"/>.</summary>
    public (int Count, int Length) Mark => (Count, _length);

    public void Release((int Count, int Length) mark) => (Count, _length) = mark;

    public ReadOnlySpan<byte> Element(int index)
    {
        ref var item = ref _items[index];
        return item.Field is { } field ? field.Element : _texts.AsSpan(item.Text, item.TextLength);
    }

    public ref FieldItem Add(FieldShape shape, int start, int end)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Count] = new() { Shape = shape, Start = start, End = end, Text = _length };
        return ref _items[Count++];
    }

    /// <summary>Adds to the element of the item added last.</summary>
    public void Write(ReadOnlySpan<byte> text, bool escape = false)
    {
        while (_length + (2 * text.Length) > _texts.Length)
        {
            Array.Resize(ref _texts, _texts.Length * 2);
        }

        var length = text.Length;
        if (escape)
        {
            length = FieldElements.Escape(text, _texts.AsSpan(_length));
        }
        else
        {
            text.CopyTo(_texts.AsSpan(_length));
        }

        _length += length;
        _items[Count - 1].TextLength += length;
    }

    /// <summary>Orders the items from an index on as sets are; of equal ones the first stays the first.</summary>
    public void Sort(int from)
    {
        var isSorted = true;
        for (var i = from + 1; i < Count && isSorted; i++)
        {
            isSorted = Compare(i - 1, i) <= 0;
        }

        if (isSorted)
        {
            return;
        }

        // Heap sort: no more memory, and no input that makes it slow.
        var count = Count - from;
        for (var root = (count / 2) - 1; root >= 0; root--)
        {
            Sift(from, root, count);
        }

        for (var end = count - 1; end > 0; end--)
        {
            (_items[from], _items[from + end]) = (_items[from + end], _items[from]);
            Sift(from, 0, end);
        }
    }

    /// <summary>How many items from an index on have one element.</summary>
    public int Run(int index, int end)
    {
        var length = 1;
        if (_items[index].Field is not null)
        {
            return length;
        }

        while (index + length < end && SameElement(index, index + length))
        {
            length++;
        }

        return length;
    }

    public int CompareElements(int left, int right) =>
        _items[left].Field is { } leftField && _items[right].Field is { } rightField
            ? leftField.Rank - rightField.Rank
            : FieldElements.Compare(Element(left), Element(right));

    private bool SameElement(int left, int right) => CompareElements(left, right) == 0;

    private int Compare(int left, int right)
    {
        var order = CompareElements(left, right);
        return order != 0 ? order : _items[left].Start - _items[right].Start;
    }

    private void Sift(int from, int root, int count)
    {
        while ((2 * root) + 1 < count)
        {
            var child = (2 * root) + 1;
            if (child + 1 < count && Compare(from + child, from + child + 1) < 0)
            {
                child++;
            }

            if (Compare(from + root, from + child) >= 0)
            {
                return;
            }

            (_items[from + root], _items[from + child]) = (_items[from + child], _items[from + root]);
            root = child;
        }
    }
}

/// <summary>A field of an object, or an item of a list: its element, and where its value stands.</summary>
internal struct FieldItem
{
    public FieldShape Shape;
    public PlannedField? Field;
    public int Text;
    public int TextLength;
    public int Start;
    public int End;
}
