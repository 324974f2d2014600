namespace Netes.Cel;

/// <summary>getFullYear and its like, in UTC or in a zone. Source: cel-go common/types/timestamp.go,
/// duration.go.</summary>
internal static class TimeFunctions
{
    public static void Register(FunctionTable functions)
    {
        Add("getFullYear", "year", (time, _) => time.Year);
        Add("getMonth", "month", (time, _) => time.Month - 1);
        Add("getDayOfYear", "day_of_year", (time, _) => time.DayOfYear - 1);
        Add("getDate", "day_of_month_1_based", (time, _) => time.Day);
        Add("getDayOfMonth", "day_of_month", (time, _) => time.Day - 1);
        Add("getDayOfWeek", "day_of_week", (time, _) => (int)time.DayOfWeek);
        Add("getHours", "hours", (time, _) => time.Hour);
        Add("getMinutes", "minutes", (time, _) => time.Minute);
        Add("getSeconds", "seconds", (time, _) => time.Second);
        Add("getMilliseconds", "milliseconds", (_, whole) => whole.SubSecond / 1_000_000);
        Of("getHours", "hours", 3_600_000_000_000);
        Of("getMinutes", "minutes", 60_000_000_000);
        Of("getSeconds", "seconds", 1_000_000_000);
        functions.Member("getMilliseconds", "duration_to_milliseconds", [CelType.Duration], CelType.Int,
            a => CelValue.Of(((CelDuration)a[0]).Nanos / 1_000_000));

        void Add(string name, string part, Func<DateTime, CelTimestamp, int> take)
        {
            functions.Member(name, "timestamp_to_" + part, [CelType.Timestamp], CelType.Int,
                a => Take((CelTimestamp)a[0], null));
            functions.Member(name, $"timestamp_to_{part}_with_tz", [CelType.Timestamp, CelType.String], CelType.Int,
                a => Take((CelTimestamp)a[0], ((CelString)a[1]).Value));

            CelValue Take(CelTimestamp time, string? zone) => time.In(zone) is { } local
                ? CelValue.Of(take(local, time)) : new CelError($"unknown time zone {zone}");
        }

        void Of(string name, string part, long nanos) => functions.Member(name, "duration_to_" + part,
            [CelType.Duration], CelType.Int, a => CelValue.Of(((CelDuration)a[0]).Nanos / nanos));
    }
}
