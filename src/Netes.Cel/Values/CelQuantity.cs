using System.Globalization;
using System.Numerics;

namespace Netes.Cel;

/// <summary>An amount of a resource: <c>500m</c>, <c>1.5Gi</c>, <c>12e6</c>. Exact, to the billionth (rounded up).
/// Source: apimachinery pkg/api/resource/quantity.go; apiserver pkg/cel/quantity.go.</summary>
public sealed class CelQuantity : CelValue
{
    // Numbers of Kubernetes have few digits; a longer text is no amount of anything and costs time.
    private const int MostDigits = 1000;

    private static readonly BigInteger _one = BigInteger.Pow(10, 9);

    private CelQuantity(BigInteger billionths) => Billionths = billionths;

    public override CelType Type => CelType.Quantity;

    internal BigInteger Billionths { get; }

    /// <summary>Null where the text is no quantity.</summary>
    public static CelQuantity? Parse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = rest.StartsWith("-") || rest.StartsWith("+") ? rest[1..] : rest;
        var length = rest.IndexOfAnyExcept("0123456789.");
        var number = length < 0 ? rest : rest[..length];
        if (number.Length is 0 or > MostDigits || number.Count('.') > 1 || number is "."
            || Multiplier(length < 0 ? "" : rest[length..]) is not { } scale)
        {
            return null;
        }

        var dot = number.IndexOf('.');
        var decimals = dot < 0 ? 0 : number.Length - dot - 1;
        var digits = BigInteger.Parse(number.ToString().Replace(".", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);
        var scaled = digits * _one * scale.Numerator;
        var divisor = BigInteger.Pow(10, decimals) * scale.Denominator;
        // Towards more: what is asked for is never less than what was written.
        var value = (scaled + divisor - 1) / divisor;
        return new CelQuantity(negative ? -value : value);
    }

    public override bool Equals(CelValue? other) => other is CelQuantity x && x.Billionths == Billionths;

    public override int GetHashCode() => Billionths.GetHashCode();

    public override string ToString()
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(Billionths), _one, out var rest);
        var sign = Billionths.Sign < 0 ? "-" : "";
        return rest.IsZero ? $"{sign}{whole}"
            : $"{sign}{whole}.{rest.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}";
    }

    internal static CelQuantity Of(BigInteger billionths) => new(billionths);

    internal static CelQuantity Whole(long value) => new(value * _one);

    /// <summary>The whole number it is, where it is one that fits.</summary>
    internal long? AsInteger()
    {
        var whole = BigInteger.DivRem(Billionths, _one, out var rest);
        return rest.IsZero && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;
    }

    internal double AsDouble() => (double)Billionths / 1e9;

    private static (BigInteger Numerator, BigInteger Denominator)? Multiplier(ReadOnlySpan<char> suffix)
    {
        switch (suffix)
        {
            case "": return (1, 1);
            case "n": return (1, BigInteger.Pow(10, 9));
            case "u": return (1, BigInteger.Pow(10, 6));
            case "m": return (1, 1000);
            case "k": return (1000, 1);
        }

        if (suffix.Length is 1 or 2 && "KMGTPE".IndexOf(suffix[0]) is var power and >= 0)
        {
            return suffix.Length == 2
                ? suffix[1] == 'i' ? (BigInteger.Pow(1024, power + 1), 1) : null
                : power == 0 ? null : (BigInteger.Pow(1000, power + 1), 1);
        }

        if (suffix[0] is not ('e' or 'E') || suffix.Length > 6
            || !int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || Math.Abs(exponent) > MostDigits)
        {
            return null;
        }

        return exponent >= 0 ? (BigInteger.Pow(10, exponent), 1) : (1, BigInteger.Pow(10, -exponent));
    }
}
