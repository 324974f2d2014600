using System.Globalization;
using System.Text.RegularExpressions;

namespace Netes.Cli.Clusters;

/// <summary>Durations as Go writes them: "90s", "1m30s", "1.5h", "0". Source: Go, time.ParseDuration.</summary>
internal static partial class GoDuration
{
    public static TimeSpan? Parse(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        return Form().Match(text) is { Success: true } match
            ? match.Groups["part"].Captures.Aggregate(TimeSpan.Zero, (sum, part) => sum + Part(part.Value))
            : null;
    }

    private static TimeSpan Part(string part)
    {
        var unit = part.TrimStart("0123456789.".ToCharArray());
        var number = double.Parse(part[..^unit.Length], CultureInfo.InvariantCulture);
        return unit switch
        {
            "h" => TimeSpan.FromHours(number),
            "m" => TimeSpan.FromMinutes(number),
            "s" => TimeSpan.FromSeconds(number),
            "ms" => TimeSpan.FromMilliseconds(number),
            _ => TimeSpan.FromMicroseconds(number),
        };
    }

    [GeneratedRegex(@"^(?<part>\d{1,9}(\.\d{1,9})?(h|ms|us|m|s))+$")]
    private static partial Regex Form();
}
