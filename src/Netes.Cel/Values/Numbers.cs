using System.Globalization;
using System.Text;

namespace Netes.Cel;

/// <summary>Comparing numbers across their types, and Go's text of a double.</summary>
internal static class Numbers
{
    /// <summary>-1, 0, 1; null where one is no number or not a number (NaN compares with nothing).</summary>
    public static int? Compare(CelValue? left, CelValue? right) => (left, right) switch
    {
        (CelInt a, CelInt b) => a.Value.CompareTo(b.Value),
        (CelUint a, CelUint b) => a.Value.CompareTo(b.Value),
        (CelDouble a, CelDouble b) => Doubles(a.Value, b.Value),
        (CelInt a, CelUint b) => a.Value < 0 ? -1 : ((ulong)a.Value).CompareTo(b.Value),
        (CelUint a, CelInt b) => b.Value < 0 ? 1 : a.Value.CompareTo((ulong)b.Value),
        (CelInt a, CelDouble b) => IntWithDouble(a.Value, b.Value),
        (CelDouble a, CelInt b) => -IntWithDouble(b.Value, a.Value),
        (CelUint a, CelDouble b) => UintWithDouble(a.Value, b.Value),
        (CelDouble a, CelUint b) => -UintWithDouble(b.Value, a.Value),
        _ => null,
    };

    /// <summary>strconv.FormatFloat(value, 'g', -1, 64): an exponent below 1e-4 and from 1e+06 on.</summary>
    public static string Format(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        var (negative, digits, point) = Shortest(value);
        var exponent = point - 1;
        var text = new StringBuilder(negative ? "-" : "");
        if (exponent is < -4 or >= 6)
        {
            text.Append(digits[0]);
            if (digits.Length > 1)
            {
                text.Append('.').Append(digits, 1, digits.Length - 1);
            }

            return text.Append('e').Append(exponent < 0 ? '-' : '+')
                .Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)).ToString();
        }

        return text.Append(Plain(digits, point)).ToString();
    }

    /// <summary>strconv.FormatFloat(value, 'f', -1, 64): never an exponent.</summary>
    public static string FormatPlain(double value)
    {
        var (negative, digits, point) = Shortest(value);
        return (negative ? "-" : "") + Plain(digits, point);
    }

    private static string Plain(string digits, int point) => point <= 0
        ? digits == "0" ? "0" : "0." + new string('0', -point) + digits
        : point >= digits.Length ? digits + new string('0', point - digits.Length)
        : string.Concat(digits.AsSpan(0, point), ".", digits.AsSpan(point));

    // 0.d1d2d3... times ten to the power of Point.
    private static (bool Negative, string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var negative = text[0] == '-';
        text = text.TrimStart('-');
        var exponent = 0;
        if (text.IndexOf('E') is var at and >= 0)
        {
            exponent = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..at];
        }

        var dot = text.IndexOf('.');
        var point = (dot < 0 ? text.Length : dot) + exponent;
        var digits = text.Replace(".", "", StringComparison.Ordinal);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits.TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? (negative, "0", 1) : (negative, digits, point - zeros);
    }

    private static int? Doubles(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? null : a < b ? -1 : a > b ? 1 : 0;

    private static int? IntWithDouble(long a, double b) => double.IsNaN(b) ? null
        : b < -9223372036854775808d ? 1 : b >= 9223372036854775808d ? -1 : Exactly(a, b);

    private static int? UintWithDouble(ulong a, double b) => double.IsNaN(b) ? null
        : b < 0 ? 1 : b >= 18446744073709551616d ? -1 : Exactly(a, b);

    private static int Exactly(Int128 a, double b)
    {
        var whole = Math.Truncate(b);
        var order = a.CompareTo((Int128)whole);
        return order != 0 ? order : b > whole ? -1 : b < whole ? 1 : 0;
    }
}

/// <summary>Strings as CEL counts them: in code points.</summary>
internal static class Text
{
    public static long CodePoints(string value)
    {
        var count = value.Length;
        foreach (var c in value)
        {
            if (char.IsLowSurrogate(c))
            {
                count--;
            }
        }

        return count;
    }

    /// <summary>One string for each code point.</summary>
    public static IReadOnlyList<string> Split(string value)
    {
        var parts = new List<string>(value.Length);
        for (var i = 0; i < value.Length;)
        {
            var length = char.IsHighSurrogate(value[i]) && i + 1 < value.Length
                && char.IsLowSurrogate(value[i + 1]) ? 2 : 1;
            parts.Add(value.Substring(i, length));
            i += length;
        }

        return parts;
    }

    /// <summary>In double quotes, with escapes for what would end the string or not be seen.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            var letter = "\a\b\f\n\r\t\v\\\"".IndexOf(c, StringComparison.Ordinal);
            _ = letter >= 0 ? text.Append('\\').Append("abfnrtv\\\""[letter]) : text.Append(c);
        }

        return text.Append('"').ToString();
    }

    /// <summary>Where in the string the code point of this number begins.</summary>
    public static int IndexOf(string value, long codePoint)
    {
        var i = 0;
        for (; codePoint > 0 && i < value.Length; codePoint--)
        {
            i += char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) ? 2 : 1;
        }

        return i;
    }

    // Go compares the bytes of UTF-8, which is the order of code points; UTF-16's order differs above U+D7FF.
    public static int Compare(string a, string b)
    {
        var shared = Math.Min(a.Length, b.Length);
        for (var i = 0; i < shared; i++)
        {
            if (a[i] != b[i])
            {
                var (x, y) = (char.IsSurrogate(a[i]), char.IsSurrogate(b[i]));
                return x == y ? a[i].CompareTo(b[i]) : x ? 1 : -1;
            }
        }

        return a.Length.CompareTo(b.Length);
    }
}
