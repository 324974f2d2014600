using System.Text;

namespace Netes.Store.Revisions;

/// <summary>
/// The order of keys: that of their UTF-8 bytes, as in etcd, computed on UTF-16 without encoding. The two orders
/// differ only for surrogates, which UTF-8 puts above the rest of the basic plane.
/// </summary>
internal static class KeyOrder
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }

        return Weight(left[common]) - Weight(right[common]);
    }

    /// <summary>Throws for a key that has no UTF-8 form: it could be written but never found again.</summary>
    public static void Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            Strict.GetByteCount(key);
        }
    }

    private static int Weight(char c) => c switch
    {
        < '\uD800' => c,
        >= '\uE000' => c - 0x800,
        _ => c + 0x2000,
    };
}
