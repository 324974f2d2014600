namespace Netes.Api;

/// <summary>Points in time that the API gives as a number of seconds from another, which may be any number.</summary>
public static class Moments
{
    /// <summary>So many seconds later, or earlier; the end of the calendar where that is nearer.</summary>
    public static DateTimeOffset Plus(this DateTimeOffset time, long seconds)
    {
        var most = (DateTimeOffset.MaxValue - time).Ticks / TimeSpan.TicksPerSecond;
        var least = (DateTimeOffset.MinValue - time).Ticks / TimeSpan.TicksPerSecond;
        return time.AddTicks(Math.Clamp(seconds, least, most) * TimeSpan.TicksPerSecond);
    }
}
