namespace Netes.ApiServer.FieldManagement;

/// <summary>Reads a set of fields as FieldsV1 text, one place at a time.</summary>
internal ref struct FieldsReader(ReadOnlySpan<byte> set)
{
    private readonly ReadOnlySpan<byte> _set = set;
    private int _at;

    /// <summary>Enters the place that stands next; true when it is itself in the set.</summary>
    public bool Open()
    {
        _at++;
        if (_set[_at] == (byte)'}')
        {
            return true;
        }

        if (_set[(_at + 1)..].StartsWith(".\":{}"u8))
        {
            _at += ".\":{}".Length + 1;
            if (_set[_at] == (byte)',')
            {
                _at++;
            }

            return true;
        }

        return false;
    }

    /// <summary>The next element below the place entered last; false leaves that place.</summary>
    public bool Next(out ReadOnlySpan<byte> element)
    {
        if (_set[_at] == (byte)',')
        {
            _at++;
        }

        if (_set[_at] == (byte)'}')
        {
            _at++;
            element = default;
            return false;
        }

        var end = JsonSpans.TextEnd(_set, _at);
        element = _set[(_at + 1)..(end - 1)];
        _at = end + 1;
        return true;
    }

    /// <summary>What lies below the element read last, as text; it is passed over.</summary>
    public ReadOnlySpan<byte> Take()
    {
        var start = _at;
        _at = JsonSpans.ValueEnd(_set, _at);
        return _set[start.._at];
    }
}
