using Netes.Store.Revisions;

namespace Netes.Store.Memory;

/// <summary>
/// A store that forgets when it ends, for tests and simulation: no thread, no task and no clock of its own, every write
/// is decided inside the call. Its history is bounded by <see cref="HistoryOptions.RecentBytes"/> as well.
/// </summary>
public sealed class MemoryStore : IStore
{
    private readonly Lock _gate = new();
    private readonly RevisionIndex _index = new(current: 1, compacted: 0, keepsOldValues: true);
    private readonly EventRing _ring;
    private readonly HistoryMarks _marks;
    private readonly ITimer _timer;
    private bool _isClosed;

    /// <summary>An empty store.</summary>
    public MemoryStore(HistoryOptions history, TimeProvider time)
    {
        _ring = new EventRing(revision: 1, history.RecentBytes);
        _marks = new HistoryMarks(history, time, []);
        _timer = time.CreateTimer(_ => CompactByAge(), null, _marks.Period, _marks.Period);
    }

    /// <inheritdoc/>
    public long CurrentRevision => _index.Current;

    /// <inheritdoc/>
    public long CompactedRevision => _index.Compacted;

    /// <inheritdoc/>
    public StoreHealth Health { get; } = new StoreHealth.Healthy();

    /// <inheritdoc/>
    public ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel) =>
        Write(new WriteRequest(StoreEventKind.Put, key, value, expectedRevision), cancel);

    /// <inheritdoc/>
    public ValueTask<WriteResult> DeleteAsync(string key, long? expectedRevision, CancellationToken cancel) =>
        Write(new WriteRequest(StoreEventKind.Delete, key, default, expectedRevision), cancel);

    /// <inheritdoc/>
    public ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return ValueTask.FromResult<StoredEntry?>(
            _index.Find(key) is { } version ? Entry(key, version) : null);
    }

    /// <inheritdoc/>
    public ValueTask<StorePage> ListAsync(
        string prefix, long revision, string? afterKey, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        IndexPage page = _index.List(prefix, revision, afterKey, limit);
        var entries = new StoredEntry[page.Entries.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = Entry(page.Entries[i].Key, page.Entries[i].Version);
        }

        return ValueTask.FromResult(new StorePage(page.Revision, entries, page.Remaining));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoreEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancel)
    {
        // The ring is all the history there is: what it dropped is compacted with the next timer or already.
        return Watcher.RunAsync(
            _ring,
            (after, _) => throw new RevisionCompactedException(after, _ring.Floor),
            prefix,
            afterRevision,
            cancel);
    }

    /// <inheritdoc/>
    public ValueTask CompactAsync(long revision, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (revision > _index.Current)
            {
                throw new RevisionInFutureException(revision, _index.Current);
            }

            CompactTo(revision);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        _ring.Dispose();
        return _timer.DisposeAsync();
    }

    private static StoredEntry Entry(string key, KeyVersion version) =>
        new(key, version.Value, version.CreateRevision, version.ModRevision);

    private ValueTask<WriteResult> Write(in WriteRequest request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        KeyOrder.Check(request.Key);
        lock (_gate)
        {
            if (_isClosed)
            {
                throw EventRing.Closed();
            }

            var batch = new WriteBatch(_index);
            WriteResult result = batch.Stage(request);
            if (result is WriteResult.Written)
            {
                _index.Apply(batch.Events);
                _ring.Publish(batch.ToEventBatch());
            }

            return ValueTask.FromResult(result);
        }
    }

    private void CompactByAge()
    {
        lock (_gate)
        {
            CompactTo(Math.Max(_marks.Advance(_index.Current), _ring.Floor > 1 ? _ring.Floor : 0));
        }
    }

    private void CompactTo(long revision)
    {
        if (revision > _index.Compacted)
        {
            _index.Compact(revision);
            _ring.Trim(revision);
        }
    }
}
