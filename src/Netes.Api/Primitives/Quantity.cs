namespace Netes.Api;

/// <summary>
/// An amount of a resource: an exact multiple of 10⁻⁹, with the notation it was given in. Written in canonical form:
/// no fraction, the largest suffix that fits (<c>1.5Gi</c> → <c>1536Mi</c>, <c>0.5</c> → <c>500m</c>).
/// Source: apimachinery pkg/api/resource/quantity.go.
/// </summary>
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    private Quantity(Int128 nanos, QuantityFormat format) => (Nanos, Format) = (nanos, format);

    public static Quantity Zero => default;

    /// <summary>The amount in units of 10⁻⁹.</summary>
    public Int128 Nanos { get; }

    public QuantityFormat Format { get; }

    public bool IsZero => Nanos == 0;

    /// <summary>The amount rounded up to a whole number, clamped to the range of a long.</summary>
    public long Value => Clamp(CeilingDivide(Nanos, QuantityText.One));

    /// <summary>The amount rounded up to thousandths, as CPU is counted.</summary>
    public long MilliValue => Clamp(CeilingDivide(Nanos, QuantityText.One / 1000));

    public static Quantity FromNanos(Int128 nanos, QuantityFormat format = QuantityFormat.DecimalSI) =>
        new(nanos, format);

    public static Quantity FromMillis(long millis) => new((Int128)millis * 1_000_000, QuantityFormat.DecimalSI);

    public static Quantity FromValue(long value, QuantityFormat format = QuantityFormat.DecimalSI) =>
        new((Int128)value * QuantityText.One, format);

    public static Quantity FromBytes(long bytes) => FromValue(bytes, QuantityFormat.BinarySI);

    public static bool TryParse(string text, out Quantity value) => QuantityText.TryParse(text, out value);

    /// <exception cref="FormatException">The text is not a quantity.</exception>
    public static Quantity Parse(string text) => TryParse(text, out var value)
        ? value
        : throw new FormatException($"not a quantity: \"{text}\"");

    public int CompareTo(Quantity other) => Nanos.CompareTo(other.Nanos);

    /// <summary>Equal amounts are equal, whatever their notation.</summary>
    public bool Equals(Quantity other) => Nanos == other.Nanos;

    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    public override int GetHashCode() => Nanos.GetHashCode();

    public override string ToString() => QuantityText.Format(this);

    public static Quantity operator +(Quantity left, Quantity right) =>
        new(left.Nanos + right.Nanos, left.IsZero ? right.Format : left.Format);

    public static Quantity operator -(Quantity left, Quantity right) =>
        new(left.Nanos - right.Nanos, left.IsZero ? right.Format : left.Format);

    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    public static bool operator <(Quantity left, Quantity right) => left.Nanos < right.Nanos;

    public static bool operator >(Quantity left, Quantity right) => left.Nanos > right.Nanos;

    public static bool operator <=(Quantity left, Quantity right) => left.Nanos <= right.Nanos;

    public static bool operator >=(Quantity left, Quantity right) => left.Nanos >= right.Nanos;

    private static Int128 CeilingDivide(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return remainder > 0 ? quotient + 1 : quotient;
    }

    private static long Clamp(Int128 value) =>
        value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;
}

/// <summary>The three notations of a quantity.</summary>
public enum QuantityFormat
{
    DecimalSI,
    BinarySI,
    DecimalExponent,
}
