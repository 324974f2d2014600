namespace Netes.Api;

/// <summary>A length of time in nanoseconds, written in Go's notation (<c>1h2m3.5s</c>).</summary>
public readonly record struct Duration(long Nanoseconds)
{
    public static Duration From(TimeSpan span) => new(span.Ticks * 100);

    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanoseconds / 100);

    public static bool TryParse(string text, out Duration value) => GoDuration.TryParse(text, out value);

    public override string ToString() => GoDuration.Format(Nanoseconds);
}
