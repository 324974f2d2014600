using System.Globalization;

namespace Netes.Api.Batch;

/// <summary>Source: robfig/cron/v3's parser.go.</summary>
public sealed partial class CronSchedule
{
    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The schedule, or what is wrong with the text.</summary>
    public static CronSchedule? TryParse(string text, out string problem)
    {
        problem = "";
        if (text.Length == 0)
        {
            problem = "empty spec string";
            return null;
        }

        TimeZoneInfo? zone = null;
        if (text.StartsWith("TZ=", StringComparison.Ordinal) || text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            var (start, end) = (text.IndexOf('=', StringComparison.Ordinal) + 1,
                text.IndexOf(' ', StringComparison.Ordinal));
            var name = end < 0 ? text[start..] : text[start..end];
            if (end < 0 || !TimeZones.TryFind(name, out zone))
            {
                problem = $"provided bad location {name}: unknown time zone {name}";
                return null;
            }

            text = text[end..].Trim();
        }

        return text.StartsWith('@') ? ParseDescriptor(text, zone, out problem) : ParseFields(text, zone, out problem);
    }

    private static CronSchedule? ParseFields(string text, TimeZoneInfo? zone, out string problem)
    {
        var parts = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 5)
        {
            problem = $"expected exactly 5 fields, found {parts.Length}: [{string.Join(' ', parts)}]";
            return null;
        }

        problem = "";
        (int Low, int High, string[] Names, int First)[] ranges =
            [(0, 59, [], 0), (0, 23, [], 0), (1, 31, [], 0), (1, 12, Months, 1), (0, 6, Days, 0)];
        var fields = new ulong[5];
        for (var i = 0; i < 5; i++)
        {
            if (!TryParseField(parts[i], ranges[i], out fields[i], out problem))
            {
                return null;
            }
        }

        // With both days given, either will do; with one of them left open, the other decides.
        return new(fields, !IsOpen(parts[2]) && !IsOpen(parts[4]), TimeSpan.Zero, zone);
    }

    /// <summary>A star takes every value; with a step it takes some.</summary>
    private static bool IsOpen(string field) =>
        field.Split(',').Any(static part => part is "*" or "?" or "*/1" or "?/1");

    private static CronSchedule? ParseDescriptor(string text, TimeZoneInfo? zone, out string problem)
    {
        problem = "";
        if (text.StartsWith("@every ", StringComparison.Ordinal))
        {
            if (Duration.TryParse(text[7..], out var every) && every.Nanoseconds > 0)
            {
                var seconds = Math.Max(1, every.Nanoseconds / 1_000_000_000);
                return new([], false, TimeSpan.FromSeconds(seconds), zone);
            }

            problem = $"failed to parse duration {text}: time: invalid duration \"{text[7..]}\"";
            return null;
        }

        var fields = text switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            _ => null,
        };
        problem = fields is null ? $"unrecognized descriptor: {text}" : "";
        return fields is null ? null : ParseFields(fields, zone, out problem);
    }

    private static bool TryParseField(
        string text, (int Low, int High, string[] Names, int First) range, out ulong bits, out string problem)
    {
        (bits, problem) = (0, "");
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseRange(part, range, out var more, out problem))
            {
                return false;
            }

            bits |= more;
        }

        return true;
    }

    private static bool TryParseRange(
        string text, (int Low, int High, string[] Names, int First) range, out ulong bits, out string problem)
    {
        bits = 0;
        var stepped = text.Split('/');
        var bounds = stepped[0].Split('-');
        var (low, high, step) = (range.Low, range.High, 1);
        problem = stepped.Length > 2 ? $"too many slashes: {text}" : bounds.Length > 2 ? $"too many hyphens: {text}"
            : "";
        if (problem.Length > 0
            || (stepped[0] is not ("*" or "?") && !TryParseBounds(bounds, out low, out high, out problem)))
        {
            return false;
        }

        if (stepped.Length == 2)
        {
            if (!TryParseNumber(stepped[1], range with { Names = [] }, out step, out problem))
            {
                return false;
            }

            high = bounds.Length == 1 ? range.High : high;
        }

        problem = low < range.Low ? $"beginning of range ({low}) below minimum ({range.Low}): {text}"
            : high > range.High ? $"end of range ({high}) above maximum ({range.High}): {text}"
            : low > high ? $"beginning of range ({low}) beyond end of range ({high}): {text}"
            : step == 0 ? $"step of range should be a positive number: {text}"
            : "";
        for (var value = low; problem.Length == 0 && value <= high; value += step)
        {
            bits |= 1UL << value;
        }

        return problem.Length == 0;

        bool TryParseBounds(string[] parts, out int first, out int last, out string why)
        {
            last = 0;
            if (!TryParseNumber(parts[0], range, out first, out why))
            {
                return false;
            }

            last = first;
            return parts.Length == 1 || TryParseNumber(parts[1], range, out last, out why);
        }
    }

    private static bool TryParseNumber(
        string text, (int Low, int High, string[] Names, int First) range, out int value, out string problem)
    {
        problem = "";
        var name = Array.IndexOf(range.Names, text.ToLowerInvariant());
        if (name >= 0)
        {
            value = name + range.First;
            return true;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        problem = $"failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": invalid syntax";
        return false;
    }
}
