using System.Globalization;
using System.Numerics;

namespace Netes.Api;

/// <summary>
/// What a plain YAML scalar means. Kubernetes reads YAML 1.1: <c>yes</c>, <c>on</c> and <c>y</c> are true, <c>017</c>
/// is octal. Source: resolve.go of go-yaml v2, as sigs.k8s.io/yaml uses it.
/// </summary>
internal static class YamlScalars
{
    /// <summary>The JSON value of a plain scalar.</summary>
    public static JsonTree? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => TreeBool.True,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" =>
            TreeBool.False,
        ".nan" or ".NaN" or ".NAN" => throw new FormatException("json: unsupported value: NaN"),
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" =>
            throw new FormatException("json: unsupported value: +Inf"),
        "-.inf" or "-.Inf" or "-.INF" => throw new FormatException("json: unsupported value: -Inf"),
        _ => (JsonTree?)Number(text) ?? new TreeText(text),
    };

    /// <summary>True when the text would not come back as a text if it were written plain.</summary>
    public static bool IsAmbiguous(string text)
    {
        try
        {
            return text is "<<" or "=" || Resolve(text) is not TreeText || LooksLikeTime(text);
        }
        catch (FormatException)
        {
            return true;
        }
    }

    private static TreeNumber? Number(string text)
    {
        if (text[0] is not ((>= '0' and <= '9') or '+' or '-' or '.'))
        {
            return null;
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal);
        return Integer(plain) is { } whole ? new TreeNumber(whole.ToString(CultureInfo.InvariantCulture))
            : IsFloat(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                && double.IsFinite(real) ? new TreeNumber(real.ToString("R", CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>As Go's ParseInt with base 0 reads it, within 64 bits.</summary>
    private static BigInteger? Integer(string text)
    {
        var negative = text.StartsWith('-');
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        var radix = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 16
            : digits.StartsWith("0b", StringComparison.OrdinalIgnoreCase) ? 2
            : digits.StartsWith("0o", StringComparison.OrdinalIgnoreCase) || (digits.Length > 1 && digits[0] == '0') ? 8
            : 10;
        digits = digits[(radix is 16 or 2 || (radix == 8 && digits[1] is 'o' or 'O') ? 2 : 0)..];
        if (digits.IsEmpty || digits.Length > 70)
        {
            return null;
        }

        BigInteger value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var its && its >= radix)
            {
                return null;
            }

            value = (value * radix) + its;
        }

        value = negative ? -value : value;
        return value >= long.MinValue && value <= ulong.MaxValue ? value : null;
    }

    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        var rest = text[(text[0] is '-' or '+' ? 1 : 0)..];
        var whole = Digits(ref rest);
        var fraction = 0;
        if (!rest.IsEmpty && rest[0] == '.')
        {
            rest = rest[1..];
            fraction = Digits(ref rest);
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (!rest.IsEmpty && rest[0] is 'e' or 'E')
        {
            rest = rest[1..];
            rest = !rest.IsEmpty && rest[0] is '-' or '+' ? rest[1..] : rest;
            if (Digits(ref rest) == 0)
            {
                return false;
            }
        }

        return rest.IsEmpty;
    }

    private static int Digits(ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        text = text[length..];
        return length;
    }

    // Dates are texts to Kubernetes, but other readers make times of them; so do sexagesimal numbers. Both are quoted.
    private static bool LooksLikeTime(string text) => text.Length > 2 && char.IsAsciiDigit(text[0])
        && !text.AsSpan().ContainsAnyExcept("0123456789:-TtZz. +") && text.AsSpan().IndexOfAny(":-") > 0;
}
