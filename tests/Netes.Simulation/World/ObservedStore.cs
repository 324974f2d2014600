using Netes.Store;

namespace Netes.Simulation.World;

/// <summary>A store that shows each write to the checkers at the moment it is made.</summary>
internal sealed class ObservedStore(IStore inner, Action<StoreWrite> observe) : IStore
{
    public long CurrentRevision => inner.CurrentRevision;

    public long CompactedRevision => inner.CompactedRevision;

    public StoreHealth Health => inner.Health;

    public async ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel)
    {
        var result = await inner.PutAsync(key, value, expectedRevision, cancel);
        if (result is WriteResult.Written written)
        {
            observe(new StoreWrite(key, value, written.Revision));
        }

        return result;
    }

    public async ValueTask<WriteResult> DeleteAsync(string key, long? expectedRevision, CancellationToken cancel)
    {
        var result = await inner.DeleteAsync(key, expectedRevision, cancel);
        if (result is WriteResult.Written written)
        {
            observe(new StoreWrite(key, null, written.Revision));
        }

        return result;
    }

    public ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancel) => inner.GetAsync(key, cancel);

    public ValueTask<StorePage> ListAsync(
        string prefix, long revision, string? afterKey, int limit, CancellationToken cancel) =>
        inner.ListAsync(prefix, revision, afterKey, limit, cancel);

    public IAsyncEnumerable<StoreEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancel) =>
        inner.WatchAsync(prefix, afterRevision, cancel);

    public ValueTask CompactAsync(long revision, CancellationToken cancel) => inner.CompactAsync(revision, cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

/// <summary>One write; without a value it is a deletion.</summary>
internal sealed record StoreWrite(string Key, ReadOnlyMemory<byte>? Value, long Revision);
