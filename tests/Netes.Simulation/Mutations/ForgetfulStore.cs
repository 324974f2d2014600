using Netes.Store;

namespace Netes.Simulation.Mutations;

/// <summary>Acknowledges each so many-th update of what is below a prefix, and does not write it.</summary>
internal sealed class ForgetfulStore(IStore inner, string forgets, int every) : IStore
{
    private int _updates;

    public long CurrentRevision => inner.CurrentRevision;

    public long CompactedRevision => inner.CompactedRevision;

    public StoreHealth Health => inner.Health;

    public ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel) =>
        expectedRevision > 0 && key.StartsWith(forgets, StringComparison.Ordinal) && ++_updates % every == 0
            ? ValueTask.FromResult<WriteResult>(new WriteResult.Written(inner.CurrentRevision))
            : inner.PutAsync(key, value, expectedRevision, cancel);

    public ValueTask<WriteResult> DeleteAsync(string key, long? expectedRevision, CancellationToken cancel) =>
        inner.DeleteAsync(key, expectedRevision, cancel);

    public ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancel) => inner.GetAsync(key, cancel);

    public ValueTask<StorePage> ListAsync(
        string prefix, long revision, string? afterKey, int limit, CancellationToken cancel) =>
        inner.ListAsync(prefix, revision, afterKey, limit, cancel);

    public IAsyncEnumerable<StoreEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancel) =>
        inner.WatchAsync(prefix, afterRevision, cancel);

    public ValueTask CompactAsync(long revision, CancellationToken cancel) => inner.CompactAsync(revision, cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
