using System.Runtime.InteropServices;
using System.Text;
using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>Where a row that is read goes: each into memory of its own.</summary>
internal class RowMemory
{
    public static RowMemory Fresh { get; } = new();

    public virtual string Key(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    public virtual byte[] Value(string key, int length) => new byte[length];
}

/// <summary>
/// While the index is built, which nobody else sees yet: a key's rows share its name, and a version takes the place of
/// the one that it replaced where both are as long. What is left to collect is then little, however long the history.
/// </summary>
internal class LoadMemory(Dictionary<string, KeyHistory> keys) : RowMemory
{
    private readonly Dictionary<string, KeyHistory>.AlternateLookup<ReadOnlySpan<char>> _byText =
        keys.GetAlternateLookup<ReadOnlySpan<char>>();
    private char[] _text = new char[512];

    public override string Key(ReadOnlySpan<byte> utf8)
    {
        if (_text.Length < utf8.Length)
        {
            _text = new char[utf8.Length];
        }

        ReadOnlySpan<char> text = _text.AsSpan(0, Encoding.UTF8.GetChars(utf8, _text));
        return _byText.TryGetValue(text, out KeyHistory? history) ? history.Key : text.ToString();
    }

    public override byte[] Value(string key, int length) =>
        keys.TryGetValue(key, out KeyHistory? history)
        && history.Newest is { HasValue: true } newest
        && MemoryMarshal.TryGetArray(newest.Value, out ArraySegment<byte> replaced)
        && replaced.Array is { } array
        && array.Length == length
            ? array
            : base.Value(key, length);
}

/// <summary>For the past, whose values are read to be verified only: all go into the same memory.</summary>
internal sealed class PastMemory(Dictionary<string, KeyHistory> keys) : LoadMemory(keys)
{
    private byte[] _value = [];

    public override byte[] Value(string key, int length) =>
        _value.Length >= length ? _value : _value = new byte[Math.Max(length, 2 * _value.Length)];
}
