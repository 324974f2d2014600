using System.Globalization;

namespace Netes.Api;

/// <summary>
/// A point in time with the resolution of the wire: whole seconds, UTC, written as RFC 3339.
/// Source: apimachinery pkg/apis/meta/v1/time.go.
/// </summary>
public readonly record struct Timestamp(long UnixSeconds) : IComparable<Timestamp>
{
    public static Timestamp From(DateTimeOffset time) => new(time.ToUnixTimeSeconds());

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeSeconds(UnixSeconds);

    /// <summary>True for the years 1 to 9999, which is what RFC 3339 can write.</summary>
    internal static bool InRange(long unixSeconds) =>
        unixSeconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds()
        && unixSeconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static bool TryParse(string text, out Timestamp value)
    {
        var ok = Rfc3339.TryParse(text, out var time);
        value = ok ? From(time) : default;
        return ok;
    }

    public int CompareTo(Timestamp other) => UnixSeconds.CompareTo(other.UnixSeconds);

    public override string ToString() =>
        ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal bool TryFormat(Span<byte> utf8, out int length) =>
        ToDateTimeOffset().TryFormat(utf8, out length, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static bool operator <(Timestamp left, Timestamp right) => left.UnixSeconds < right.UnixSeconds;

    public static bool operator >(Timestamp left, Timestamp right) => left.UnixSeconds > right.UnixSeconds;

    public static bool operator <=(Timestamp left, Timestamp right) => left.UnixSeconds <= right.UnixSeconds;

    public static bool operator >=(Timestamp left, Timestamp right) => left.UnixSeconds >= right.UnixSeconds;
}

/// <summary>
/// A point in time in microseconds, always written with six digits.
/// Source: apimachinery pkg/apis/meta/v1/micro_time.go.
/// </summary>
public readonly record struct MicroTimestamp(long UnixMicroseconds) : IComparable<MicroTimestamp>
{
    public static MicroTimestamp From(DateTimeOffset time) =>
        new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    public DateTimeOffset ToDateTimeOffset() =>
        DateTimeOffset.UnixEpoch.AddTicks(UnixMicroseconds * TimeSpan.TicksPerMicrosecond);

    public static bool TryParse(string text, out MicroTimestamp value)
    {
        var ok = Rfc3339.TryParse(text, out var time);
        value = ok ? From(time) : default;
        return ok;
    }

    public int CompareTo(MicroTimestamp other) => UnixMicroseconds.CompareTo(other.UnixMicroseconds);

    public override string ToString() =>
        ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
