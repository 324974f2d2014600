namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// Writes a set of fields as FieldsV1 text. Places are entered and left in order; what was entered is written only once
/// a member of the set lies there or below. Kept and reused: writing allocates nothing once the buffers have grown.
/// </summary>
internal sealed class FieldsWriter
{
    private const int MaxKept = 256 << 10;

    private byte[] _buffer = new byte[2048];
    private byte[] _names = new byte[512];
    private Frame[] _frames = new Frame[32];
    private int _length;
    private int _named;
    private int _depth;
    private int _open;

    public FieldsWriter() => Reset();

    public bool IsEmpty => !_frames[0].HasChildren;

    public void Reset()
    {
        if (_buffer.Length > MaxKept)
        {
            _buffer = new byte[2048];
        }

        (_length, _named, _depth, _open) = (0, 0, 0, 1);
        _frames[0] = default;
        Write("{"u8);
    }

    /// <summary>The set; valid until the next reset.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (_depth == 0)
        {
            Write("}"u8);
            _depth = -1;
        }

        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Goes to a place below the current one.</summary>
    public void Enter(ReadOnlySpan<byte> element)
    {
        if (++_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _frames.Length * 2);
        }

        while (_named + element.Length > _names.Length)
        {
            Array.Resize(ref _names, _names.Length * 2);
        }

        element.CopyTo(_names.AsSpan(_named));
        _frames[_depth] = new() { Name = _named, NameLength = element.Length };
        _named += element.Length;
    }

    /// <summary>The current place is in the set. To be said before anything below it; not of the root.</summary>
    public void Member()
    {
        if (_depth > 0)
        {
            Open();
            _frames[_depth].IsMember = true;
        }
    }

    /// <summary>A place below the current one is in the set, and nothing below that.</summary>
    public void Leaf(ReadOnlySpan<byte> element)
    {
        Open();
        ref var frame = ref _frames[_depth];
        Reserve(element.Length + 12);
        var output = _buffer.AsSpan(_length);
        var at = 0;
        if (frame.HasChildren)
        {
            output[at++] = (byte)',';
        }
        else if (frame.IsMember)
        {
            "\".\":{},"u8.CopyTo(output);
            at += 7;
        }

        frame.HasChildren = true;
        output[at++] = (byte)'"';
        element.CopyTo(output[at..]);
        at += element.Length;
        "\":{}"u8.CopyTo(output[at..]);
        _length += at + 4;
    }

    public void Leave()
    {
        if (_open > _depth)
        {
            Write("}"u8);
            _open = _depth;
        }

        _named = _frames[_depth].Name;
        _depth--;
    }

    /// <summary>A place below the current one with all that is below it, as text.</summary>
    public void Tree(ReadOnlySpan<byte> element, ReadOnlySpan<byte> set)
    {
        Enter(element);
        Open();
        Write(set[1..^1]);
        Leave();
    }

    private void Open()
    {
        for (; _open <= _depth; _open++)
        {
            ref var parent = ref _frames[_open - 1];
            if (parent.HasChildren)
            {
                Write(","u8);
            }
            else if (parent.IsMember)
            {
                Write("\".\":{},"u8);
            }

            parent.HasChildren = true;
            Write("\""u8);
            Write(_names.AsSpan(_frames[_open].Name, _frames[_open].NameLength));
            Write("\":{"u8);
        }
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }

    private void Write(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    private struct Frame
    {
        public int Name;
        public int NameLength;
        public bool IsMember;
        public bool HasChildren;
    }
}
