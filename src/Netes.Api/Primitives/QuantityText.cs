using System.Globalization;

namespace Netes.Api;

/// <summary>Reads and writes quantities. Source: apimachinery pkg/api/resource/quantity.go and suffix.go.</summary>
internal static class QuantityText
{
    public static readonly Int128 One = 1_000_000_000;

    // Kubernetes caps at 2^63-1 whole units; larger amounts are cut to it.
    private static readonly Int128 Max = (Int128)long.MaxValue * One;

    private static readonly (string Suffix, int Power)[] Decimal =
    [
        ("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18),
    ];

    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    public static bool TryParse(ReadOnlySpan<char> text, out Quantity value)
    {
        value = default;
        var sign = text.StartsWith("-") ? -1 : 1;
        var rest = text.StartsWith("-") || text.StartsWith("+") ? text[1..] : text;
        var length = rest.IndexOfAnyExcept("0123456789.");
        var number = length < 0 ? rest : rest[..length];
        var suffix = length < 0 ? default : rest[length..];
        if (number.IndexOfAnyInRange('0', '9') < 0 || number.Count('.') > 1 || number.Length > 64)
        {
            return false;
        }

        if (!TryParseSuffix(suffix, out var format, out var power, out var shift))
        {
            return false;
        }

        value = Quantity.FromNanos(sign * Scale(number, power, shift), format);
        return true;
    }

    public static string Format(Quantity quantity)
    {
        var nanos = quantity.Nanos;
        if (nanos == 0)
        {
            return "0";
        }

        return quantity.Format switch
        {
            QuantityFormat.BinarySI when nanos % One == 0 => FormatBinary(nanos / One),
            QuantityFormat.DecimalExponent => FormatDecimal(nanos, exponent: true),
            _ => FormatDecimal(nanos, exponent: false),
        };
    }

    private static bool TryParseSuffix(ReadOnlySpan<char> suffix, out QuantityFormat format, out int power,
        out int shift)
    {
        (format, power, shift) = (QuantityFormat.DecimalSI, 0, 0);
        foreach (var (name, candidate) in Decimal)
        {
            if (suffix.SequenceEqual(name))
            {
                power = candidate;
                return true;
            }
        }

        for (var i = 1; i < Binary.Length; i++)
        {
            if (suffix.SequenceEqual(Binary[i]))
            {
                (format, shift) = (QuantityFormat.BinarySI, 10 * i);
                return true;
            }
        }

        format = QuantityFormat.DecimalExponent;
        return suffix.Length is > 1 and < 6 && suffix[0] is 'e' or 'E'
            && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power);
    }

    /// <summary>The digits times 10^power times 2^shift, in nanos, rounded up, capped.</summary>
    private static Int128 Scale(ReadOnlySpan<char> number, int power, int shift)
    {
        var point = number.IndexOf('.');
        var fraction = point < 0 ? 0 : number.Length - point - 1;
        System.Numerics.BigInteger digits = 0;
        foreach (var character in number)
        {
            digits = character == '.' ? digits : (digits * 10) + (character - '0');
        }

        var exponent = power + 9 - fraction;
        digits <<= shift;
        if (digits.IsZero)
        {
            return 0;
        }

        if (exponent >= 0)
        {
            digits = exponent > 60 ? (System.Numerics.BigInteger)Max
                : digits * System.Numerics.BigInteger.Pow(10, exponent);
        }
        else
        {
            var divisor = System.Numerics.BigInteger.Pow(10, Math.Min(-exponent, 200));
            digits = System.Numerics.BigInteger.DivRem(digits, divisor, out var remainder);
            digits += remainder.IsZero ? 0 : 1;
        }

        return digits > (System.Numerics.BigInteger)Max ? Max : (Int128)digits;
    }

    private static string FormatBinary(Int128 value)
    {
        var suffix = 0;
        while (suffix < Binary.Length - 1 && value % 1024 == 0)
        {
            value /= 1024;
            suffix++;
        }

        return value.ToString(CultureInfo.InvariantCulture) + Binary[suffix];
    }

    private static string FormatDecimal(Int128 nanos, bool exponent)
    {
        var index = 0;
        while (index < Decimal.Length - 1 && nanos % 1000 == 0)
        {
            nanos /= 1000;
            index++;
        }

        var (suffix, power) = Decimal[index];
        var text = nanos.ToString(CultureInfo.InvariantCulture);
        return exponent && power != 0 ? FormattableString.Invariant($"{text}e{power}") : text + suffix;
    }
}
