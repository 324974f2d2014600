using System.Diagnostics.CodeAnalysis;

namespace Netes.Api.Batch;

/// <summary>
/// The zones of the IANA database on this machine (/usr/share/zoneinfo). They need no ICU, so that they work with
/// invariant globalization. Source: Go's time.LoadLocation.
/// </summary>
public static class TimeZones
{
    /// <summary>The zone of that name; an empty one is UTC.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = name is "" or "UTC" ? TimeZoneInfo.Utc : null;
        return zone is not null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }
}
