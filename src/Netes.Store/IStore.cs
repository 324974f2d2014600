namespace Netes.Store;

/// <summary>
/// Revisions over bytes: one cluster-wide counter, keys in UTF-8 byte order, every write a new revision.
/// Threading: every member may be called from any thread; calls may overlap.
/// A value handed over is kept and shared, never copied: its memory must not change afterwards.
/// Source: the guarantees of etcd's KV API (revisions, compaction, watch: ordered, unique, reliable, resumable).
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>The newest revision that is durable and visible. A new store is at 1: 0 is no revision.</summary>
    long CurrentRevision { get; }

    /// <summary>Reads and watches need a revision of at least this; 0 before the first compaction.</summary>
    long CompactedRevision { get; }

    /// <summary>Whether writes are taken at the moment, and why not. Reads always go on.</summary>
    StoreHealth Health { get; }

    /// <summary>
    /// Writes a value and returns when it is durable: <see cref="WriteResult.Written"/>, or
    /// <see cref="WriteResult.Conflict"/> with what is there. <paramref name="expectedRevision"/>: 0 = the key must not
    /// exist; above 0 = the key must be at that revision; null = whatever is there.
    /// Throws <see cref="StoreUnavailableException"/> when the disk does not take it; cancelling only stops the wait.
    /// </summary>
    ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel);

    /// <summary>As <see cref="PutAsync"/>; deleting what does not exist is a conflict with nothing there.</summary>
    ValueTask<WriteResult> DeleteAsync(string key, long? expectedRevision, CancellationToken cancel);

    /// <summary>The newest durable version of a key, or null. Linearizable.</summary>
    ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancel);

    /// <summary>
    /// One page of the keys under <paramref name="prefix"/> in UTF-8 byte order, after <paramref name="afterKey"/>,
    /// as of <paramref name="revision"/> (0 = current). <paramref name="limit"/> 0 = no limit.
    /// Throws <see cref="RevisionCompactedException"/> or <see cref="RevisionInFutureException"/>; a page is never
    /// partial.
    /// </summary>
    ValueTask<StorePage> ListAsync(
        string prefix, long revision, string? afterKey, int limit, CancellationToken cancel);

    /// <summary>
    /// Every event under <paramref name="prefix"/> with a revision above <paramref name="afterRevision"/>: in order,
    /// each once, without a gap; then waits for more until cancelled. Batches are shared: do not change them. A batch
    /// without events tells that nothing under the prefix changed up to its revision. A slow reader is not buffered:
    /// it reads on from the history, and ends with <see cref="RevisionCompactedException"/> when that is gone.
    /// </summary>
    IAsyncEnumerable<StoreEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancel);

    /// <summary>
    /// Forgets every version that was replaced or deleted at or before <paramref name="revision"/>. At or below
    /// <see cref="CompactedRevision"/>: nothing happens. Throws <see cref="RevisionInFutureException"/>.
    /// Stores also compact by themselves, see <see cref="HistoryOptions"/>.
    /// </summary>
    ValueTask CompactAsync(long revision, CancellationToken cancel);
}
