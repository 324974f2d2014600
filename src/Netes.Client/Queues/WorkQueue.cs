namespace Netes.Client;

/// <summary>
/// Keys that wait to be reconciled. A key is in the queue at most once, and never handed to two workers at a time:
/// added while it is being processed, it comes again after <see cref="Done"/>. Thread-safe. Source: client-go
/// util/workqueue/{queue,delaying_queue,rate_limiting_queue}.go.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    // A key that is due later comes then all the same: whoever asked looks how late it is.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(365);

    private readonly Lock _lock = new();
    private readonly WorkQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly Queue<TKey> _ready = [];
    private readonly HashSet<TKey> _dirty = [];
    private readonly HashSet<TKey> _processing = [];
    private readonly WorkQueueMeter? _meter;

    // Only where somebody measures.
    private readonly Dictionary<TKey, long> _addedAt = [];
    private readonly Dictionary<TKey, long> _begunAt = [];
    private readonly Dictionary<TKey, long> _dueTimes = [];
    private readonly PriorityQueue<TKey, long> _delayed = new();
    private readonly RetryLimiter<TKey> _retries;
    private readonly SemaphoreSlim _available = new(0);
    private readonly ITimer _timer;
    private bool _disposed;

    public WorkQueue(WorkQueueOptions options, TimeProvider time, WorkQueueMeter? meter = null)
    {
        (_options, _time, _meter) = (options, time, meter);
        _retries = new RetryLimiter<TKey>(options, time);
        _timer = time.CreateTimer(_ => ReleaseDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _meter?.UnderWay = UnderWay;
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

            _meter?.Retries.Add();
            wait = wait < LongestWait ? wait : LongestWait;
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
            MeasureBegin(key);
            return key;
        }
    }

    public void Done(TKey key)
    {
        lock (_lock)
        {
            _processing.Remove(key);
            MeasureEnd(key);
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
        if (!_dirty.Add(key))
        {
            return;
        }

        MeasureAdd(key);
        if (!_processing.Contains(key))
        {
            Enqueue(key);
        }
    }

    private void MeasureAdd(TKey key)
    {
        if (_meter is not null)
        {
            _meter.Adds.Add();
            _meter.Depth.Add();
            _addedAt[key] = _time.GetTimestamp();
        }
    }

    private void MeasureBegin(TKey key)
    {
        if (_meter is not null)
        {
            _meter.Depth.Add(-1);
            _addedAt.Remove(key, out var added);
            _meter.Waited.Observe(_time.GetElapsedTime(added));
            _begunAt[key] = _time.GetTimestamp();
        }
    }

    private void MeasureEnd(TKey key)
    {
        if (_meter is not null && _begunAt.Remove(key, out var begun))
        {
            _meter.Worked.Observe(_time.GetElapsedTime(begun));
        }
    }

    private (double All, double Longest) UnderWay()
    {
        lock (_lock)
        {
            var times = _begunAt.Values.Select(begun => _time.GetElapsedTime(begun).TotalSeconds).ToList();
            return (times.Sum(), times.DefaultIfEmpty().Max());
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
