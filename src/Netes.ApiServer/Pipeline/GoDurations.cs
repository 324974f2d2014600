using Netes.Api;

namespace Netes.ApiServer;

/// <summary>Durations in URLs, in Go's notation.</summary>
internal static class GoDurations
{
    /// <summary>Null for what is no duration.</summary>
    public static TimeSpan? Parse(string text) =>
        text.Length > 0 && Duration.TryParse(text, out var duration) ? duration.ToTimeSpan() : null;
}
