namespace Netes.Client;

/// <summary>
/// How long a failed key waits: the longer of its own doubling wait and a bucket shared by all keys.
/// Source: client-go util/workqueue/default_rate_limiters.go.
/// </summary>
internal sealed class RetryLimiter<TKey>(WorkQueueOptions options, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly long _start = time.GetTimestamp();
    private double _tokens = options.RetryBurst;
    private TimeSpan _refilled;

    public TimeSpan Next(TKey key)
    {
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(key);
            _failures[key] = failures + 1;
            var own = Math.Min(options.MinBackoff.Ticks * Math.Pow(2, failures), options.MaxBackoff.Ticks);
            return TimeSpan.FromTicks(Math.Max((long)own, Reserve().Ticks));
        }
    }

    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _failures.Remove(key);
        }
    }

    public int Failures(TKey key)
    {
        lock (_lock)
        {
            return _failures.GetValueOrDefault(key);
        }
    }

    /// <summary>Takes a token, on credit if need be; how long until it is there.</summary>
    private TimeSpan Reserve()
    {
        var now = time.GetElapsedTime(_start);
        var refill = (now - _refilled).TotalSeconds * options.RetriesPerSecond;
        _tokens = Math.Min(options.RetryBurst, _tokens + refill) - 1;
        _refilled = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / options.RetriesPerSecond);
    }
}
