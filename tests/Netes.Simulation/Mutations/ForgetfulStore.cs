using Netes.Store;

namespace Netes.Simulation.Mutations;

/// <summary>Acknowledges some updates of pods that it does not write.</summary>
internal sealed class ForgetfulStore(IStore inner) : IStore
{
    private int _updates;

    public long CurrentRevision => inner.CurrentRevision;

    public long CompactedRevision => inner.CompactedRevision;

    public StoreHealth Health => inner.Health;

    public ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel) =>
        expectedRevision > 0 && key.StartsWith("/registry/pods/", StringComparison.Ordinal) && ++_updates % 7 == 0
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
