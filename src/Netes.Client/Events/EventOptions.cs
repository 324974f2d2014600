namespace Netes.Client;

/// <summary>Limits of event recording; the defaults are client-go's.</summary>
public sealed record EventOptions
{
    public static EventOptions Default { get; } = new();

    /// <summary>Events that may wait to be written; more are dropped.</summary>
    public int MaxQueued { get; init; } = 1000;

    /// <summary>Sources, groups and events that are remembered, each.</summary>
    public int MaxRemembered { get; init; } = 4096;

    /// <summary>Events about one object at once, before the refill counts.</summary>
    public int Burst { get; init; } = 25;

    /// <summary>One more event about the same object after this time.</summary>
    public TimeSpan RefillInterval { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>So many events that differ in their message only are told apart, within the interval.</summary>
    public int MaxSimilar { get; init; } = 10;

    public TimeSpan SimilarInterval { get; init; } = TimeSpan.FromSeconds(600);

    public int MaxTries { get; init; } = 12;

    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(10);
}
