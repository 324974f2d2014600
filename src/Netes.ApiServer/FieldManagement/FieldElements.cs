namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// The elements of FieldsV1: <c>f:</c> a field, <c>k:</c> a list's item by its keys, <c>v:</c> one by its value,
/// <c>i:</c> one by its index; <c>.</c> is the place itself. They are handled as they stand between the quotes of the
/// JSON text. Source: structured-merge-diff fieldpath/element.go, serialize-pe.go.
/// </summary>
internal static class FieldElements
{
    /// <summary>
    /// Kubernetes' order: fields, keys, values, indices; within them by text, and numbers by size.
    /// </summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (leftRank, rightRank) = (Rank(left), Rank(right));
        if (leftRank != rightRank)
        {
            return leftRank - rightRank;
        }

        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }

        return leftRank == 1 ? left[common] - right[common] : CompareValues(left, right, common);
    }

    /// <summary>Whether a text can be an element of a set.</summary>
    public static bool IsElement(ReadOnlySpan<byte> element) =>
        element.Length >= 2 && element[1] == (byte)':' && Rank(element) is > 0 and < 5;

    /// <summary>Writes JSON as it stands within a JSON text.</summary>
    public static int Escape(ReadOnlySpan<byte> json, Span<byte> output)
    {
        var length = 0;
        foreach (var character in json)
        {
            if (character is (byte)'"' or (byte)'\\')
            {
                output[length++] = (byte)'\\';
            }

            output[length++] = character;
        }

        return length;
    }

    private static int Rank(ReadOnlySpan<byte> element) => element.IsEmpty ? 5 : element[0] switch
    {
        (byte)'.' => 0,
        (byte)'f' => 1,
        (byte)'k' => 2,
        (byte)'v' => 3,
        (byte)'i' => 4,
        _ => 5,
    };

    // 80 comes before 443, and "a" before "aB": a text ends with an escaped quote, which is below all characters.
    private static int CompareValues(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int common)
    {
        var start = common;
        while (start > 0 && char.IsAsciiDigit((char)left[start - 1]))
        {
            start--;
        }

        if (start > 0 && left[start - 1] == (byte)':')
        {
            var (leftDigits, rightDigits) = (Digits(left, start), Digits(right, start));
            if (leftDigits > 0 && rightDigits > 0 && leftDigits != rightDigits)
            {
                return leftDigits - rightDigits;
            }
        }

        return Weight(left, common) - Weight(right, common);
    }

    private static int Digits(ReadOnlySpan<byte> text, int start)
    {
        var rest = text[start..];
        var length = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? rest.Length : length;
    }

    private static int Weight(ReadOnlySpan<byte> text, int at) =>
        text[at] == (byte)'\\' && at + 1 < text.Length && text[at + 1] == (byte)'"' ? 0 : text[at];
}
