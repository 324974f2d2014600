using System.Globalization;
using System.Text;

namespace Netes.Api;

/// <summary>Go's notation of durations. Source: Go time.ParseDuration and time.Duration.String.</summary>
internal static class GoDuration
{
    private static readonly (string Unit, decimal Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];

    public static bool TryParse(string text, out Duration value)
    {
        value = default;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = negative || rest.StartsWith("+") ? rest[1..] : rest;
        if (rest is "0")
        {
            return true;
        }

        decimal total = 0;
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            rest = rest[digits..];
            var end = rest.IndexOfAny("0123456789.");
            var unitName = (end < 0 ? rest : rest[..end]).ToString();
            rest = end < 0 ? default : rest[end..];
            var unit = Array.Find(Units, candidate => candidate.Unit == unitName);
            if (unit.Unit is null || (total += number * unit.Nanoseconds) > long.MaxValue)
            {
                return false;
            }
        }

        value = new((long)(negative ? -total : total));
        return true;
    }

    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
        {
            return "0s";
        }

        var text = new StringBuilder(nanoseconds < 0 ? "-" : "");
        decimal rest = Math.Abs((decimal)nanoseconds);
        if (rest < 1_000_000_000)
        {
            var (unit, size) = rest < 1_000 ? ("ns", 1m) : rest < 1_000_000 ? ("µs", 1_000m) : ("ms", 1_000_000m);
            return text.Append((rest / size).ToString("0.######", CultureInfo.InvariantCulture)).Append(unit)
                .ToString();
        }

        var hours = Math.Floor(rest / 3_600_000_000_000);
        rest -= hours * 3_600_000_000_000;
        var minutes = Math.Floor(rest / 60_000_000_000);
        rest -= minutes * 60_000_000_000;
        text.Append(hours > 0 ? FormattableString.Invariant($"{hours}h") : "");
        text.Append(hours > 0 || minutes > 0 ? FormattableString.Invariant($"{minutes}m") : "");
        return text.Append((rest / 1_000_000_000).ToString("0.#########", CultureInfo.InvariantCulture)).Append('s')
            .ToString();
    }
}
