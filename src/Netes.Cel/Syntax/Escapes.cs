using System.Globalization;
using System.Text;

namespace Netes.Cel;

/// <summary>What stands behind a backslash. Source: cel-go parser/unescape.go.</summary>
internal static class Escapes
{
    private const string Letters = "abfnrtv\\'\"`?";
    private const string Meanings = "\a\b\f\n\r\t\v\\'\"`?";

    /// <summary>UTF-8; in bytes \x and \ooo are bytes, in strings code points. Null where an escape is none.</summary>
    public static byte[]? Decode(string raw, bool isBytes)
    {
        var bytes = new List<byte>(raw.Length);
        Span<byte> buffer = stackalloc byte[4];
        for (var i = 0; i < raw.Length;)
        {
            if (raw[i] != '\\')
            {
                _ = Rune.TryGetRuneAt(raw, i, out var rune);
                rune = rune.Value == 0 && raw[i] != 0 ? Rune.ReplacementChar : rune;
                bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
                i += rune.Utf16SequenceLength;
                continue;
            }

            if (One(raw, i + 1) is not var (value, length, isByte))
            {
                return null;
            }

            i += 1 + length;
            if (isBytes && isByte)
            {
                bytes.Add((byte)value);
            }
            else if (!isBytes || length < 5)
            {
                if (!Rune.TryCreate(value, out var rune))
                {
                    return null;
                }

                bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
            }
            else
            {
                // \u and \U have no meaning among bytes.
                return null;
            }
        }

        return [.. bytes];
    }

    private static (int Value, int Length, bool IsByte)? One(string raw, int at)
    {
        if (at >= raw.Length)
        {
            return null;
        }

        if (Letters.IndexOf(raw[at], StringComparison.Ordinal) is var found and >= 0)
        {
            return (Meanings[found], 1, true);
        }

        return raw[at] switch
        {
            'x' or 'X' => Number(raw, at + 1, 2, 16) is { } value ? (value, 3, true) : null,
            'u' => Number(raw, at + 1, 4, 16) is { } value ? (value, 5, false) : null,
            'U' => Number(raw, at + 1, 8, 16) is { } value ? (value, 9, false) : null,
            >= '0' and <= '3' => Number(raw, at, 3, 8) is { } value ? (value, 3, true) : null,
            _ => null,
        };
    }

    private static int? Number(string raw, int at, int digits, int radix)
    {
        if (at + digits > raw.Length)
        {
            return null;
        }

        var value = 0;
        foreach (var c in raw.AsSpan(at, digits))
        {
            var digit = char.IsAsciiHexDigit(c)
                ? int.Parse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : radix;
            if (digit >= radix || value > int.MaxValue >> 4)
            {
                return null;
            }

            value = value * radix + digit;
        }

        return value;
    }
}
