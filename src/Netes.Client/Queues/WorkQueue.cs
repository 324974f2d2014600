namespace Netes.Client;

/// <summary>
/// Keys that wait to be reconciled. A key is in the queue at most once, and never handed to two workers at a time:
/// added while it is being processed, it comes again after <see cref="Done"/>. Thread-safe. Source: client-go
/// util/workqueue/{queue,delaying_queue,rate_limiting_queue}.go.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly WorkQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly Queue<TKey> _ready = [];
    private readonly HashSet<TKey> _dirty = [];
    private readonly HashSet<TKey> _processing = [];
    private readonly Dictionary<TKey, long> _dueTimes = [];
    private readonly PriorityQueue<TKey, long> _delayed = new();
    private readonly RetryLimiter<TKey> _retries;
    private readonly SemaphoreSlim _available = new(0);
    private readonly ITimer _timer;
    private bool _disposed;

    public WorkQueue(WorkQueueOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _retries = new RetryLimiter<TKey>(options, time);
        _timer = time.CreateTimer(_ => ReleaseDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keys that are ready for a worker.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count;
            }
        }
    }

    /// <exception cref="InvalidOperationException">More keys wait than the options allow.</exception>
    public void Add(TKey key)
    {
        lock (_lock)
        {
            AddLocked(key);
        }
    }

    /// <summary>Adds the key when the time is over; of several waits for a key the shortest counts.</summary>
    public void AddAfter(TKey key, TimeSpan wait)
    {
        lock (_lock)
        {
            if (wait <= TimeSpan.Zero)
            {
                AddLocked(key);
                return;
            }

            var due = _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency);
            if (_disposed || (_dueTimes.TryGetValue(key, out var known) && known <= due))
            {
                return;
            }

            Limit(_dueTimes.Count);
            _dueTimes[key] = due;
            _delayed.Enqueue(key, due);
            ArmTimer();
        }
    }

    /// <summary>Adds the key after a wait that grows with its failures; see <see cref="Forget"/>.</summary>
    public void AddRateLimited(TKey key) => AddAfter(key, _retries.Next(key));

    /// <summary>The key succeeded: its next failure waits the shortest time again.</summary>
    public void Forget(TKey key) => _retries.Forget(key);

    /// <summary>How often the key failed since it was last forgotten.</summary>
    public int Failures(TKey key) => _retries.Failures(key);

    /// <summary>The next key; the caller calls <see cref="Done"/> with it.</summary>
    public async Task<TKey> GetAsync(CancellationToken cancel)
    {
        await _available.WaitAsync(cancel);
        lock (_lock)
        {
            var key = _ready.Dequeue();
            _dirty.Remove(key);
            _processing.Add(key);
            return key;
        }
    }

    public void Done(TKey key)
    {
        lock (_lock)
        {
            _processing.Remove(key);
            if (_dirty.Contains(key))
            {
                Enqueue(key);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    private void AddLocked(TKey key)
    {
        Limit(_dirty.Count);
        if (_dirty.Add(key) && !_processing.Contains(key))
        {
            Enqueue(key);
        }
    }

    private void Enqueue(TKey key)
    {
        _ready.Enqueue(key);
        _available.Release();
    }

    private void Limit(int count)
    {
        if (count >= _options.MaxKeys)
        {
            throw new InvalidOperationException($"a work queue holds {_options.MaxKeys} keys, its limit");
        }
    }

    private void ReleaseDue()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            while (_delayed.TryPeek(out var key, out var due) && due <= now)
            {
                _delayed.Dequeue();

                // An entry that a shorter wait overtook has another due time, or none: it is dropped here.
                if (_dueTimes.TryGetValue(key, out var known) && known == due)
                {
                    _dueTimes.Remove(key);
                    AddLocked(key);
                }
            }

            ArmTimer();
        }
    }

    private void ArmTimer()
    {
        if (!_disposed && _delayed.TryPeek(out _, out var due))
        {
            var wait = TimeSpan.FromSeconds((double)(due - _time.GetTimestamp()) / _time.TimestampFrequency);

            // Timers count whole milliseconds; rounded down they would fire early and be armed again.
            var milliseconds = Math.Max(0, Math.Ceiling(wait.TotalMilliseconds));
            _timer.Change(TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue)), Timeout.InfiniteTimeSpan);
        }
    }
}
