using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// Finds the end of an object or a list, 64 bytes at a time: quotes become a mask of what is text, brackets outside of
/// it are counted, and only the block in which the last one can close is looked at bit by bit.
/// Source: Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (2019).
/// </summary>
internal static class JsonBlocks
{
    private const int Size = 64;
    private const ulong EvenBits = 0x5555_5555_5555_5555;

    /// <summary>The index after the object or list that begins at an index.</summary>
    public static int End(ReadOnlySpan<byte> json, int at)
    {
        var (depth, isText, isEscaped) = (0, 0UL, 0UL);
        Span<byte> padded = stackalloc byte[Size];
        for (; ; at += Size)
        {
            scoped var block = json[at..];
            if (block.Length < Size)
            {
                padded.Clear();
                block.CopyTo(padded);
                block = padded;
            }

            var masks = Read(block);
            var quotes = masks.Quotes & ~Escaped(masks.Slashes, ref isEscaped);
            var text = Spread(quotes) ^ isText;
            isText = (ulong)((long)text >> 63);
            var (opens, closes) = (masks.Opens & ~text, masks.Closes & ~text);
            var closed = BitOperations.PopCount(closes);
            if (depth > closed)
            {
                depth += BitOperations.PopCount(opens) - closed;
                continue;
            }

            for (var brackets = opens | closes; brackets != 0; brackets &= brackets - 1)
            {
                var lowest = brackets & (~brackets + 1);
                depth += (opens & lowest) != 0 ? 1 : -1;
                if (depth == 0)
                {
                    return at + BitOperations.TrailingZeroCount(lowest) + 1;
                }
            }
        }
    }

    private static Masks Read(ReadOnlySpan<byte> block)
    {
        ref var first = ref MemoryMarshal.GetReference(block);
        Masks masks = default;
        for (var part = 0; part < Size; part += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)part);
            var folded = bytes | Vector128.Create((byte)0x20);
            masks.Quotes |= Bits(bytes, '"') << part;
            masks.Slashes |= Bits(bytes, '\\') << part;

            // Brackets differ from braces in one bit.
            masks.Opens |= Bits(folded, '{') << part;
            masks.Closes |= Bits(folded, '}') << part;
        }

        return masks;
    }

    private static ulong Bits(Vector128<byte> bytes, char character) =>
        Vector128.Equals(bytes, Vector128.Create((byte)character)).ExtractMostSignificantBits();

    // A character is escaped after an odd number of slashes.
    private static ulong Escaped(ulong slashes, ref ulong isEscaped)
    {
        if (slashes == 0)
        {
            var first = isEscaped;
            isEscaped = 0;
            return first;
        }

        slashes &= ~isEscaped;
        var follows = (slashes << 1) | isEscaped;
        var oddStarts = slashes & ~EvenBits & ~follows;
        var sum = unchecked(oddStarts + slashes);
        isEscaped = sum < slashes ? 1UL : 0;
        return (EvenBits ^ (sum << 1)) & follows;
    }

    // Each bit becomes whether the number of bits up to it is odd.
    private static ulong Spread(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    private struct Masks
    {
        public ulong Quotes;
        public ulong Slashes;
        public ulong Opens;
        public ulong Closes;
    }
}
