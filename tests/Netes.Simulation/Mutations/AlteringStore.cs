using System.Text;
using System.Text.RegularExpressions;
using Netes.Store;

namespace Netes.Simulation.Mutations;

/// <summary>A store that writes one address for all.</summary>
internal sealed partial class AlteringStore(IStore inner, string prefix, string address) : IStore
{
    public long CurrentRevision => inner.CurrentRevision;

    public long CompactedRevision => inner.CompactedRevision;

    public StoreHealth Health => inner.Health;

    public ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel) =>
        inner.PutAsync(
            key, key.StartsWith(prefix, StringComparison.Ordinal) ? Altered(value) : value, expectedRevision, cancel);

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

    private ReadOnlyMemory<byte> Altered(ReadOnlyMemory<byte> value) =>
        Encoding.UTF8.GetBytes(Addresses().Replace(Encoding.UTF8.GetString(value.Span), address));

    [GeneratedRegex(@"10\.96\.\d+\.\d+")]
    private static partial Regex Addresses();
}
