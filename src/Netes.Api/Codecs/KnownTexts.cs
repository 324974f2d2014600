using System.Buffers.Binary;
using System.Text;

namespace Netes.Api;

/// <summary>
/// Short texts that come again and again in objects are made once and shared: names, keys, "TCP", what the pods of one
/// Deployment have in common, what an update leaves as it was. A fixed table without locks: a new text takes the place
/// of another, so that it never grows.
/// </summary>
internal static class KnownTexts
{
    /// <summary>Longer texts are rarely the same.</summary>
    public const int MaxBytes = 64;

    private const int Places = 8192;

    private static readonly string?[] Known = new string?[Places];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        ref var place = ref Known[Hash(utf8)];
        var known = Volatile.Read(ref place);
        if (known is not null && Ascii.Equals(utf8, known))
        {
            return known;
        }

        var made = Encoding.UTF8.GetString(utf8);
        Volatile.Write(ref place, made);
        return made;
    }

    // Eight bytes at a time; what spreads well enough for a table that may forget.
    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong Spread = 0x9E3779B97F4A7C15;
        var hash = (ulong)utf8.Length * Spread;
        for (; utf8.Length >= sizeof(ulong); utf8 = utf8[sizeof(ulong)..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * Spread;
            hash ^= hash >> 32;
        }

        foreach (var value in utf8)
        {
            hash = (hash ^ value) * Spread;
        }

        return (int)((hash ^ (hash >> 29)) & (Places - 1));
    }
}
