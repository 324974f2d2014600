using System.Buffers.Binary;
using System.Text;

namespace Netes.Api;

/// <summary>
/// Reads one protobuf message. Every length is checked against what is left, so a bad message costs no more memory than
/// it has bytes. Source: protobuf.dev/programming-guides/encoding.
/// </summary>
public ref struct ProtoReader
{
    /// <summary>Messages nested deeper than this are refused.</summary>
    public const int MaxDepth = 256;

    /// <summary>A list may be spread over this many runs of its field; each further run copies the list.</summary>
    public const int MaxRuns = 1000;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _depth;
    private int _position;
    private ulong _tag;
    private int _runs;

    public ProtoReader(ReadOnlySpan<byte> bytes)
        : this(bytes, 0)
    {
    }

    private ProtoReader(ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ProtoException("proto: message nested too deep");
        }

        _bytes = bytes;
        _depth = depth;
    }

    /// <summary>The number of the current field.</summary>
    public readonly int Number => (int)(_tag >> 3);

    internal readonly WireType Wire => (WireType)(_tag & 7);

    /// <summary>Moves to the next field; false at the end of the message.</summary>
    public bool NextField()
    {
        if (_position == _bytes.Length)
        {
            return false;
        }

        _tag = ReadRawVarint();
        if (Number <= 0 || _tag > uint.MaxValue)
        {
            throw new ProtoException($"proto: illegal tag {Number} (wire type {(int)Wire})");
        }

        return true;
    }

    /// <summary>Skips the value of a field that the type does not have.</summary>
    public void SkipField()
    {
        var groups = 0;
        do
        {
            switch (Wire)
            {
                case WireType.Varint:
                    ReadRawVarint();
                    break;
                case WireType.Fixed64:
                    Take(8);
                    break;
                case WireType.Fixed32:
                    Take(4);
                    break;
                case WireType.Bytes:
                    TakeBytes();
                    break;
                case WireType.StartGroup when groups < MaxDepth:
                    groups++;
                    break;
                case WireType.EndGroup when groups > 0:
                    groups--;
                    break;
                default:
                    throw new ProtoException($"proto: illegal wireType {(int)Wire}");
            }
        }
        while (groups > 0 && (NextField() ? true : throw new ProtoException("unexpected EOF")));
    }

    public ulong ReadVarint()
    {
        Expect(WireType.Varint);
        return ReadRawVarint();
    }

    public double ReadDouble()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        Expect(WireType.Bytes);
        return TakeBytes();
    }

    /// <summary>A text; what is not UTF-8 becomes U+FFFD, so that it can be written as JSON.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>A reader over the message that is the value of the current field.</summary>
    public ProtoReader ReadMessage() => new(ReadBytes(), _depth + 1);

    /// <summary>Moves on when the next field has the number of this one: the items of a list stand together.</summary>
    internal bool NextSame()
    {
        if (_position == _bytes.Length)
        {
            return false;
        }

        var (position, tag) = (_position, _tag);
        var next = ReadRawVarint();
        if (next >> 3 == tag >> 3)
        {
            _tag = next;
            return true;
        }

        _position = position;
        return false;
    }

    /// <summary>Counts a run of a list that had items before.</summary>
    internal void CountRun()
    {
        if (++_runs > MaxRuns)
        {
            throw new ProtoException("proto: repeated fields are interleaved too often");
        }
    }

    private ulong ReadRawVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position == _bytes.Length)
            {
                throw new ProtoException("unexpected EOF");
            }

            var part = _bytes[_position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new ProtoException("proto: integer overflow");
    }

    private readonly void Expect(WireType wire)
    {
        if (Wire != wire)
        {
            throw new ProtoException($"proto: wrong wireType = {(int)Wire} for field {Number}");
        }
    }

    private ReadOnlySpan<byte> TakeBytes()
    {
        var length = ReadRawVarint();
        return length <= int.MaxValue
            ? Take((int)length)
            : throw new ProtoException("proto: negative length found during unmarshaling");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _bytes.Length - _position)
        {
            throw new ProtoException("unexpected EOF");
        }

        var taken = _bytes.Slice(_position, length);
        _position += length;
        return taken;
    }
}

/// <summary>How a protobuf value is delimited.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}
