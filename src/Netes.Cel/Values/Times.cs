using System.Globalization;


namespace Netes.Cel;

/// <summary>A point in time to the nanosecond, between the years 1 and 9999.
/// Source: cel-go common/types/timestamp.go.</summary>
public sealed class CelTimestamp : CelValue
{
    private const long NanosPerSecond = 1_000_000_000;

    internal CelTimestamp(Int128 nanos) => Nanos = nanos;

    public override CelType Type => CelType.Timestamp;

    /// <summary>Nanoseconds since 1970.</summary>
    internal Int128 Nanos { get; }

    internal long Seconds => (long)((Nanos - SubSecond) / NanosPerSecond);

    internal int SubSecond => (int)(((Nanos % NanosPerSecond) + NanosPerSecond) % NanosPerSecond);

    public static CelTimestamp From(DateTimeOffset time) =>
        new((Int128)(time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100);

    public override bool Equals(CelValue? other) => other is CelTimestamp x && x.Nanos == Nanos;

    public override int GetHashCode() => Nanos.GetHashCode();

    public override string ToString() => Moment().ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
        + (SubSecond == 0 ? "" : "." + SubSecond.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0'))
        + "Z";

    internal static CelTimestamp? Create(Int128 nanos) =>
        nanos < (Int128)(-62135596800) * NanosPerSecond || nanos >= (Int128)253402300800 * NanosPerSecond
            ? null : new CelTimestamp(nanos);

    /// <summary>RFC 3339, as Go's time.RFC3339 reads it.</summary>
    internal static CelTimestamp? Parse(string text)
    {
        var zone = text.EndsWith('Z') ? text.Length - 1 : text.Length - 6;
        if (zone < 19 || text.Length > 64)
        {
            return null;
        }

        if (!DateTime.TryParseExact(text[..19], "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var time))
        {
            return null;
        }

        var fraction = text[19..zone];
        if (fraction.Length > 0 && (fraction.Length < 2 || fraction[0] is not ('.' or ',')
            || !fraction.AsSpan(1).ContainsOnlyDigits()))
        {
            return null;
        }

        var nanos = fraction.Length == 0 ? 0
            : int.Parse(fraction[1..].PadRight(9, '0').AsSpan(0, 9), CultureInfo.InvariantCulture);
        if (Zones.Offset(text[zone..]) is not { } offset)
        {
            return null;
        }

        var seconds = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond - (long)offset.TotalSeconds;
        return Create((Int128)seconds * NanosPerSecond + nanos);
    }

    /// <summary>The moment in a zone, without what is below its seconds; null where the zone is unknown or the
    /// local time is out of range.</summary>
    internal DateTime? In(string? zone)
    {
        var utc = Moment();
        if (zone is null)
        {
            return utc;
        }

        try
        {
            return Zones.Offset(zone) is { } offset ? utc + offset
                : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
                    ? TimeZoneInfo.ConvertTimeFromUtc(utc, found) : null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private DateTime Moment() => DateTime.UnixEpoch.AddTicks(Seconds * TimeSpan.TicksPerSecond);
}

/// <summary>A span of time in nanoseconds. Source: cel-go common/types/duration.go; Go's time.ParseDuration.</summary>
public sealed class CelDuration : CelValue
{
    private static readonly (string Name, long Nanos)[] _units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000),
        ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ];

    internal CelDuration(long nanos) => Nanos = nanos;

    public override CelType Type => CelType.Duration;

    internal long Nanos { get; }

    public static CelDuration From(TimeSpan span) => new(checked(span.Ticks * 100));

    public override bool Equals(CelValue? other) => other is CelDuration x && x.Nanos == Nanos;

    public override int GetHashCode() => Nanos.GetHashCode();

    /// <summary>Seconds: <c>5400s</c>, <c>0.5s</c>.</summary>
    public override string ToString() => Numbers.FormatPlain(Nanos / 1e9) + "s";

    internal static CelDuration? Create(Int128 nanos) =>
        nanos < long.MinValue || nanos > long.MaxValue ? null : new CelDuration((long)nanos);

    internal static CelDuration? Parse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = rest.StartsWith("-") || rest.StartsWith("+") ? rest[1..] : rest;
        if (rest is "0")
        {
            return new CelDuration(0);
        }

        Int128 sum = 0;
        for (var first = true; first || rest.Length > 0; first = false)
        {
            if (!Part(ref rest, out var nanos) || (sum += nanos) > (Int128)long.MaxValue + 1)
            {
                return null;
            }
        }

        return Create(negative ? -sum : sum);
    }

    private static bool Part(ref ReadOnlySpan<char> rest, out Int128 nanos)
    {
        nanos = 0;
        var length = rest.IndexOfAnyExcept("0123456789.");
        // No number of a duration that fits has more digits than this.
        if (length is <= 0 or > 40)
        {
            return false;
        }

        var number = rest[..length];
        rest = rest[length..];
        var unitLength = rest.IndexOfAny("0123456789.");
        var unit = (unitLength < 0 ? rest : rest[..unitLength]).ToString();
        rest = rest[unit.Length..];
        var (name, scale) = _units.FirstOrDefault(known => known.Name == unit);
        if (name is null || number is "." || number.Count('.') > 1)
        {
            return false;
        }

        var dot = number.IndexOf('.');
        var whole = dot < 0 ? number : number[..dot];
        if (whole.Length > 19)
        {
            return false;
        }

        nanos = (whole.Length == 0 ? 0 : Int128.Parse(whole, CultureInfo.InvariantCulture)) * scale;
        if (dot >= 0 && number.Length > dot + 1)
        {
            var fraction = number[(dot + 1)..];
            fraction = fraction.Length > 18 ? fraction[..18] : fraction;
            var power = (Int128)Math.Pow(10, fraction.Length);
            nanos += Int128.Parse(fraction, CultureInfo.InvariantCulture) * scale / power;
        }

        return true;
    }
}

internal static class Zones
{
    /// <summary>What <c>Z</c>, <c>UTC</c>, <c>-08:00</c>, <c>+01:00</c> or <c>02:00</c> adds to UTC; null where the
    /// text is of another form.</summary>
    public static TimeSpan? Offset(string text)
    {
        if (text is "Z" or "UTC" or "")
        {
            return TimeSpan.Zero;
        }

        var digits = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        if (digits.Length is not (4 or 5) || digits[^3] != ':' || !digits[..^3].ContainsOnlyDigits()
            || !digits[^2..].ContainsOnlyDigits())
        {
            return null;
        }

        var hours = int.Parse(digits[..^3], CultureInfo.InvariantCulture);
        var minutes = int.Parse(digits[^2..], CultureInfo.InvariantCulture);
        var span = new TimeSpan(hours, minutes, 0);
        return hours > 23 || minutes > 59 ? null : text[0] == '-' ? -span : span;
    }

    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) =>
        text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    public static bool ContainsOnlyDigits(this string text) => text.AsSpan().ContainsOnlyDigits();
}
