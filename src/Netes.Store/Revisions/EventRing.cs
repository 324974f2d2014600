namespace Netes.Store.Revisions;

/// <summary>What a reader finds in the ring.</summary>
internal enum RingAnswer
{
    /// <summary>A batch of events.</summary>
    Batch,

    /// <summary>Nothing newer yet: wait for <see cref="EventRing.Changed"/>.</summary>
    Nothing,

    /// <summary>The next events were dropped from the ring: look in the history.</summary>
    Dropped,
}

/// <summary>
/// The newest batches of events, bounded in bytes, shared by all watchers. A watcher is a revision, nothing else:
/// an idle one costs the ring nothing, and a slow one holds nothing back.
/// </summary>
internal sealed class EventRing(long revision, long maximumBytes) : IDisposable
{
    /// <summary>What an event costs beside its key and values: the struct, its share of arrays, headers.</summary>
    private const long EventBytes = 160;

    private readonly Lock _gate = new();
    private StoreEventBatch?[] _slots = new StoreEventBatch?[64];
    private int _head;
    private int _count;
    private long _bytes;
    private long _floor = revision;
    private long _newest = revision;
    private TaskCompletionSource? _changed;
    private bool _isClosed;

    /// <summary>Events above this revision are in the ring.</summary>
    public long Floor => Volatile.Read(ref _floor);

    /// <summary>
    /// Ends with the next batch. Take it before reading: what comes after the reading then ends it. Faults when the
    /// store closes.
    /// </summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_isClosed)
                {
                    _changed.TrySetException(Closed());
                }

                return _changed.Task;
            }
        }
    }

    public static StoreUnavailableException Closed() => new("the store is closed", isDiskFull: false);

    public void Publish(StoreEventBatch batch)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            Invariant.Holds(batch.Events.Span[0].Revision == _newest + 1, "events are published without a gap");
            if (_count == _slots.Length)
            {
                Grow();
            }

            _slots[Slot(_count)] = batch;
            _count++;
            _newest = batch.Revision;
            _bytes += SizeOf(batch);
            while (_bytes > maximumBytes && _count > 1)
            {
                DropOldest();
            }

            (changed, _changed) = (_changed, null);
        }

        changed?.TrySetResult();
    }

    /// <summary>Gives out nothing at or below a revision any more, and drops batches with nothing above it.</summary>
    public void Trim(long revision)
    {
        lock (_gate)
        {
            while (_count > 0 && _slots[_head]!.Revision <= revision)
            {
                DropOldest();
            }

            Volatile.Write(ref _floor, Math.Max(_floor, revision));
        }
    }

    public RingAnswer Read(long afterRevision, out StoreEventBatch batch)
    {
        lock (_gate)
        {
            batch = null!;
            if (afterRevision >= _newest)
            {
                return RingAnswer.Nothing;
            }

            if (afterRevision < _floor)
            {
                return RingAnswer.Dropped;
            }

            batch = _slots[Slot(FirstAfter(afterRevision))]!;
        }

        int seen = (int)(afterRevision - (batch.Events.Span[0].Revision - 1));
        if (seen > 0)
        {
            batch = batch with { Events = batch.Events[seen..] };
        }

        return RingAnswer.Batch;
    }

    public void Dispose()
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _isClosed = true;
            (changed, _changed) = (_changed, null);
        }

        changed?.TrySetException(Closed());
    }

    private int FirstAfter(long revision)
    {
        int low = 0;
        int high = _count - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_slots[Slot(middle)]!.Revision > revision)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private int Slot(int index) => (_head + index) & (_slots.Length - 1);

    private void DropOldest()
    {
        StoreEventBatch dropped = _slots[_head]!;
        _slots[_head] = null;
        _head = Slot(1);
        _count--;
        _bytes -= SizeOf(dropped);
        Volatile.Write(ref _floor, dropped.Revision);
    }

    private void Grow()
    {
        var grown = new StoreEventBatch?[_slots.Length * 2];
        for (int i = 0; i < _count; i++)
        {
            grown[i] = _slots[Slot(i)];
        }

        (_slots, _head) = (grown, 0);
    }

    private static long SizeOf(StoreEventBatch batch)
    {
        long bytes = 0;
        foreach (ref readonly StoreEvent change in batch.Events.Span)
        {
            bytes += EventBytes + (2 * change.Key.Length) + change.Value.Length + change.PreviousValue.Length;
        }

        return bytes;
    }
}
