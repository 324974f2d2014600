using System.Buffers.Binary;
using System.Text;

namespace Netes.Api;

/// <summary>
/// Writes protobuf from the end to the start, as Kubernetes' generated code does: when a message's length is to be
/// written, its bytes are already there. So each value is written before its tag, and the last field first.
/// </summary>
public sealed class ProtoWriter(int capacity = 1024)
{
    private byte[] _buffer = new byte[capacity];
    private int _start = capacity;

    /// <summary>How many bytes are written. The difference of two marks is the length of what stands between
    /// them.</summary>
    public int Mark => _buffer.Length - _start;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(_start);

    public void WriteVarintField(int number, ulong value)
    {
        WriteVarint(value);
        WriteTag(number, WireType.Varint);
    }

    public void WriteDoubleField(int number, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);
        WriteTag(number, WireType.Fixed64);
    }

    public void WriteTextField(int number, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Reserve(length));
        WriteVarint((ulong)length);
        WriteTag(number, WireType.Bytes);
    }

    public void WriteBytesField(int number, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        WriteVarint((ulong)value.Length);
        WriteTag(number, WireType.Bytes);
    }

    /// <summary>Closes the message whose bytes were written since <paramref name="mark"/>.</summary>
    public void WriteMessageHead(int number, int mark)
    {
        WriteVarint((ulong)(Mark - mark));
        WriteTag(number, WireType.Bytes);
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    internal void WriteVarint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        var length = 0;
        while (value >= 0x80)
        {
            bytes[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[length++] = (byte)value;
        bytes[..length].CopyTo(Reserve(length));
    }

    private void WriteTag(int number, WireType wire) => WriteVarint(((ulong)number << 3) | (ulong)wire);

    private Span<byte> Reserve(int length)
    {
        if (length > _start)
        {
            var grown = new byte[Math.Max(checked(_buffer.Length * 2), checked(_buffer.Length + length))];
            Written.CopyTo(grown.AsSpan(grown.Length - Mark));
            _start = grown.Length - Mark;
            _buffer = grown;
        }

        _start -= length;
        return _buffer.AsSpan(_start, length);
    }
}
