namespace Netes.Api.Batch;

/// <summary>
/// A schedule in cron's notation: five fields (minute, hour, day of month, month, day of week), or a descriptor such as
/// <c>@hourly</c> or <c>@every 90s</c>, both with a time zone in front if need be (<c>TZ=Asia/Tokyo 0 4 * * *</c>).
/// Source: robfig/cron/v3's ParseStandard and SpecSchedule, which Kubernetes uses.
/// </summary>
public sealed partial class CronSchedule
{
    // Five years without a match means never (30 February).
    private const int MaxYears = 5;

    private readonly ulong[] _fields;
    private readonly bool _anyDay;
    private readonly TimeSpan _every;
    private readonly TimeZoneInfo? _zone;

    private CronSchedule(ulong[] fields, bool anyDay, TimeSpan every, TimeZoneInfo? zone) =>
        (_fields, _anyDay, _every, _zone) = (fields, anyDay, every, zone);

    /// <summary>The first time after <paramref name="time"/> that matches, in UTC; null: never.</summary>
    public DateTimeOffset? Next(DateTimeOffset time) => Next(time, TimeZoneInfo.Utc);

    /// <summary>
    /// The same on the clocks of a zone, unless the schedule names one itself. Hours that clocks skip do not match;
    /// those that they repeat match twice.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset time, TimeZoneInfo zone)
    {
        zone = _zone ?? zone;
        if (_every > TimeSpan.Zero)
        {
            var next = time + _every;
            return next.AddTicks(-(next.Ticks % TimeSpan.TicksPerSecond));
        }

        var at = On(zone, time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1));
        var limit = time.Year + MaxYears;
        while (at.Year <= limit)
        {
            if (!Has(3, at.Month))
            {
                at = Midnight(zone, new DateTime(at.Year, at.Month, 1).AddMonths(1));
            }
            else if (!IsDay(at))
            {
                at = Midnight(zone, at.Date.AddDays(1));
            }
            else if (!Has(1, at.Hour))
            {
                at = On(zone, at.AddMinutes(60 - at.Minute));
            }
            else if (!Has(0, at.Minute))
            {
                at = On(zone, at.AddMinutes(1));
            }
            else
            {
                return at;
            }
        }

        return null;
    }

    private static DateTimeOffset On(TimeZoneInfo zone, DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone);

    /// <summary>The first moment of a day, which is later than midnight where clocks skip that.</summary>
    private static DateTimeOffset Midnight(TimeZoneInfo zone, DateTime day)
    {
        var start = day;
        while (zone.IsInvalidTime(start))
        {
            start = start.AddMinutes(30);
        }

        // Of two midnights of the same day the first has the greater offset.
        var offset = zone.IsAmbiguousTime(start) ? zone.GetAmbiguousTimeOffsets(start).Max() : zone.GetUtcOffset(start);
        return new DateTimeOffset(start, offset);
    }

    private bool Has(int field, int value) => (_fields[field] & (1UL << value)) != 0;

    private bool IsDay(DateTimeOffset at)
    {
        var (ofMonth, ofWeek) = (Has(2, at.Day), Has(4, (int)at.DayOfWeek));
        return _anyDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }
}
