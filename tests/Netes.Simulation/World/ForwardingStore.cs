using Netes.Store;

namespace Netes.Simulation.World;

/// <summary>A store over another one, for those that do something else with some writes.</summary>
internal abstract class ForwardingStore(IStore inner) : IStore
{
    public long CurrentRevision => inner.CurrentRevision;

    public long CompactedRevision => inner.CompactedRevision;

    public StoreHealth Health => inner.Health;

    public virtual ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel) =>
        inner.PutAsync(key, value, expectedRevision, cancel);

    public virtual ValueTask<WriteResult> DeleteAsync(string key, long? expectedRevision, CancellationToken cancel) =>
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
