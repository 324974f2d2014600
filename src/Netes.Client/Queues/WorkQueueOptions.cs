namespace Netes.Client;

/// <summary>Limits and waits of a work queue; the defaults are client-go's.</summary>
public sealed record WorkQueueOptions
{
    public static WorkQueueOptions Default { get; } = new();

    /// <summary>The wait after a key's first failure; doubles with each.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(5);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(1000);

    /// <summary>Retries per second of all keys together, beyond the burst.</summary>
    public double RetriesPerSecond { get; init; } = 10;

    public int RetryBurst { get; init; } = 100;

    /// <summary>Distinct keys that may wait. Keys come from caches, so this is beyond the largest cluster.</summary>
    public int MaxKeys { get; init; } = 2_000_000;
}
