namespace Netes.Nodes;

/// <summary>
/// Times that users write in seconds, cut to what can be waited for: a timer takes 2^32 milliseconds at most, which is
/// 49.7 days, while the API takes 68 years of an <c>activeDeadlineSeconds</c> and more of a grace period.
/// </summary>
internal static class Durations
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    public static TimeSpan OfSeconds(long seconds) =>
        TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds));

    /// <summary>As long as can be waited for at once.</summary>
    public static TimeSpan Cut(TimeSpan wait) => wait < Longest ? wait : Longest;
}
