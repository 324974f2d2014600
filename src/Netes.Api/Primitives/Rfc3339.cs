namespace Netes.Api;

/// <summary>Reads RFC 3339 as Go's time.Parse does: any number of fraction digits, a zone that is given.</summary>
internal static class Rfc3339
{
    /// <summary>Fractions finer than .NET's 100 ns are cut.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':'
            || text[16] != ':'
            || !Number(text[..4], out var year) || !Number(text.Slice(5, 2), out var month)
            || !Number(text.Slice(8, 2), out var day) || !Number(text.Slice(11, 2), out var hour)
            || !Number(text.Slice(14, 2), out var minute) || !Number(text.Slice(17, 2), out var second))
        {
            return false;
        }

        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59
            || !Fraction(text[19..], out var ticks, out var zone) || !Offset(zone, out var offset))
        {
            return false;
        }

        var utc = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks + ticks - offset;
        if (utc < DateTimeOffset.MinValue.Ticks || utc > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    private static bool Fraction(ReadOnlySpan<char> rest, out long ticks, out ReadOnlySpan<char> zone)
    {
        ticks = 0;
        zone = rest;
        if (rest[0] is not ('.' or ','))
        {
            return true;
        }

        var length = rest[1..].IndexOfAnyExceptInRange('0', '9');
        if (length <= 0)
        {
            return false;
        }

        var unit = TimeSpan.TicksPerSecond;
        foreach (var digit in rest.Slice(1, length))
        {
            unit /= 10;
            ticks += (digit - '0') * unit;
        }

        zone = rest[(length + 1)..];
        return true;
    }

    private static bool Offset(ReadOnlySpan<char> zone, out long ticks)
    {
        ticks = 0;
        if (zone is "Z")
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':'
            || !Number(zone.Slice(1, 2), out var hours)
            || !Number(zone.Slice(4, 2), out var minutes) || hours > 24 || minutes > 59)
        {
            return false;
        }

        ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
