namespace Netes.ApiServer.Caching;

/// <summary>
/// The newest events of one resource, shared by all its watchers and bounded by bytes. A watcher is a position in it:
/// it costs nothing here, and one that is too slow finds its position gone.
/// Written by the feed alone; read from any thread.
/// </summary>
internal sealed class EventRing(long limitBytes)
{
    private readonly Lock _lock = new();
    private CacheEvent[] _items = new CacheEvent[64];
    private long _first;
    private long _next;
    private long _bytes;
    private long _floorRevision;

    /// <summary>
    /// Says that nothing at or below this revision is, or will be, in the ring. Every position given out before is
    /// gone, also the newest: between it and the revision something may have happened.
    /// </summary>
    public void StartAfter(long revision)
    {
        lock (_lock)
        {
            _first = ++_next;
            _bytes = 0;
            _floorRevision = revision;
        }
    }

    public void Add(CacheEvent change)
    {
        lock (_lock)
        {
            if (_next - _first == _items.Length)
            {
                Grow();
            }

            _items[_next % _items.Length] = change;
            _next++;
            _bytes += change.Subject.SizeBytes;
            while (_bytes > limitBytes && _next - _first > 1)
            {
                ref var oldest = ref _items[_first % _items.Length];
                _bytes -= oldest.Subject.SizeBytes;
                _floorRevision = oldest.Revision;
                oldest = default;
                _first++;
            }
        }
    }

    /// <summary>The position of the first event after a revision, or -1 where events after it are gone.</summary>
    public long PositionAfter(long revision)
    {
        lock (_lock)
        {
            if (revision < _floorRevision)
            {
                return -1;
            }

            long low = _first, high = _next;
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                (low, high) = _items[middle % _items.Length].Revision <= revision ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }

    /// <summary>Copies events from a position on. -1: events at the position are gone.</summary>
    public int Read(long position, Span<CacheEvent> into)
    {
        lock (_lock)
        {
            if (position < _first)
            {
                return -1;
            }

            var count = (int)Math.Min(_next - position, into.Length);
            for (var i = 0; i < count; i++)
            {
                into[i] = _items[(position + i) % _items.Length];
            }

            return count;
        }
    }

    private void Grow()
    {
        var grown = new CacheEvent[_items.Length * 2];
        for (var i = _first; i < _next; i++)
        {
            grown[i % grown.Length] = _items[i % _items.Length];
        }

        _items = grown;
    }
}
