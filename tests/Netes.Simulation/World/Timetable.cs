using System.Globalization;
using Netes.Api.Batch;

namespace Netes.Simulation.World;

/// <summary>
/// The schedules that people write, and their slow and obvious meaning: minutes and hours, each all of them, each so
/// many-th, or a list.
/// </summary>
internal static class Timetable
{
    /// <summary>By the minute; every zone has them.</summary>
    public static IReadOnlyList<string> Frequent { get; } = ["* * * * *", "* * * * *", "0,1,2,4,5,6,8 * * * *"];

    /// <summary>By the hour and by the day; in Kathmandu it is not the same minute as elsewhere.</summary>
    public static IReadOnlyList<string> Rare { get; } =
        ["*/15 * * * *", "1,3,5,7,9 * * * *", "45,46,48,50,51 * * * *", "30 */6 * * *", "5 2,12,18 * * *"];

    public static IReadOnlyList<string?> Zones { get; } = [null, "Etc/UTC", "Asia/Kathmandu", "America/New_York"];

    public static bool Has(CronJobSpec spec, DateTimeOffset time)
    {
        var fields = spec.Schedule.Split(' ');
        var zone = TimeZoneInfo.FindSystemTimeZoneById(spec.TimeZone ?? "Etc/UTC");
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.Second == 0 && Has(fields[0], local.Minute) && Has(fields[1], local.Hour);
    }

    private static bool Has(string field, int number) =>
        field == "*"
        || (field.StartsWith("*/", StringComparison.Ordinal) && number % Number(field[2..]) == 0)
        || field.Split(',').Contains(number.ToString(CultureInfo.InvariantCulture));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
