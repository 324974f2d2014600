using System.Text;

namespace Netes.Api;

/// <summary>
/// Short texts that come again and again in objects (names, keys, "TCP", "IfNotPresent") are made once and shared. A
/// fixed table without locks: a new text takes the place of another, so that it never grows.
/// </summary>
internal static class KnownTexts
{
    /// <summary>Longer texts are rarely the same.</summary>
    public const int MaxBytes = 40;

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

    // FNV-1a, folded. Source: http://www.isthe.com/chongo/tech/comp/fnv
    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var value in utf8)
        {
            hash = (hash ^ value) * 16777619;
        }

        return (int)((hash ^ (hash >> 13)) & (Places - 1));
    }
}
