using System.Globalization;

namespace Netes.Api;

/// <summary>Ages as kubectl shows them. Source: apimachinery pkg/util/duration/duration.go.</summary>
public static class Ages
{
    private const string Unknown = "<unknown>";

    public static string Since(Timestamp? time, DateTimeOffset now) =>
        time is { } value ? Human(now - value.ToDateTimeOffset()) : Unknown;

    public static string Since(MicroTimestamp? time, DateTimeOffset now) =>
        time is { } value ? Human(now - value.ToDateTimeOffset()) : Unknown;

    /// <summary>Two figures at most: 5m10s, 3h, 2d4h, 3y120d.</summary>
    public static string Human(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        if (seconds < -1)
        {
            return "<invalid>";
        }

        if (seconds < 0)
        {
            return "0s";
        }

        if (seconds < 120)
        {
            return Join(seconds, 's');
        }

        var minutes = (long)span.TotalMinutes;
        if (minutes < 10)
        {
            return Join(minutes, 'm', seconds % 60, 's');
        }

        if (minutes < 180)
        {
            return Join(minutes, 'm');
        }

        return LongHuman((long)span.TotalHours, minutes);
    }

    private static string LongHuman(long hours, long minutes) => hours switch
    {
        < 8 => Join(hours, 'h', minutes % 60, 'm'),
        < 48 => Join(hours, 'h'),
        < 24 * 8 => Join(hours / 24, 'd', hours % 24, 'h'),
        < 24 * 365 * 2 => Join(hours / 24, 'd'),
        < 24 * 365 * 8 => Join(hours / 24 / 365, 'y', hours / 24 % 365, 'd'),
        _ => Join(hours / 24 / 365, 'y'),
    };

    private static string Join(long value, char unit) => string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");

    private static string Join(long value, char unit, long rest, char restUnit) =>
        rest == 0 ? Join(value, unit) : Join(value, unit) + Join(rest, restUnit);
}
