using System.Collections.Concurrent;
using Netes.Api.Telemetry;
using Netes.Store;

namespace Netes.ApiServer.Metrics;

/// <summary>
/// A store whose calls are counted and timed under the names that Kubernetes gives to those of etcd: the time of a
/// write is that of its durable commit. Source: apiserver pkg/storage/etcd3/metrics/metrics.go.
/// </summary>
internal sealed class MeasuredStore : IStore
{
    private static readonly double[] Bounds =
    [
        0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10,
        15, 20, 30, 45, 60,
    ];

    private readonly IStore _store;
    private readonly TimeProvider _time;
    private readonly HistogramFamily _latency;
    private readonly CounterFamily _requests;
    private readonly CounterFamily _errors;
    private readonly ConcurrentDictionary<string, string> _resources = new(StringComparer.Ordinal);

    public MeasuredStore(IStore store, MetricRegistry registry, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _latency = registry.Histogram(
            "etcd_request_duration_seconds", "[ALPHA] Time of calls to the store, in seconds.", Bounds,
            "operation", "resource");
        _requests = registry.Counter("etcd_requests_total", "[ALPHA] Calls to the store.", "operation", "resource");
        _errors = registry.Counter(
            "etcd_request_errors_total", "[ALPHA] Calls that the store failed.", "operation", "resource");
        registry.Read(
            "apiserver_storage_revision", "[ALPHA] The store's newest durable revision.",
            () => [(default, store.CurrentRevision)]);
    }

    public long CurrentRevision => _store.CurrentRevision;

    public long CompactedRevision => _store.CompactedRevision;

    public StoreHealth Health => _store.Health;

    public ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel) => MeasureAsync(
            expectedRevision == 0 ? "create" : "update", key, _store.PutAsync(key, value, expectedRevision, cancel));

    public ValueTask<WriteResult> DeleteAsync(string key, long? expectedRevision, CancellationToken cancel) =>
        MeasureAsync("delete", key, _store.DeleteAsync(key, expectedRevision, cancel));

    public ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancel) =>
        MeasureAsync("get", key, _store.GetAsync(key, cancel));

    public ValueTask<StorePage> ListAsync(
        string prefix, long revision, string? afterKey, int limit, CancellationToken cancel) =>
        MeasureAsync("list", prefix, _store.ListAsync(prefix, revision, afterKey, limit, cancel));

    public IAsyncEnumerable<StoreEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancel) =>
        _store.WatchAsync(prefix, afterRevision, cancel);

    public ValueTask CompactAsync(long revision, CancellationToken cancel) => _store.CompactAsync(revision, cancel);

    // Whoever made the store ends it.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<T> MeasureAsync<T>(string operation, string key, ValueTask<T> call)
    {
        var labels = new LabelValues(operation, ResourceOf(key));
        var started = _time.GetTimestamp();
        _requests.With(labels).Add();
        try
        {
            return await call;
        }
        catch (StoreException)
        {
            _errors.With(labels).Add();
            throw;
        }
        finally
        {
            _latency.With(labels).Observe(_time.GetElapsedTime(started));
        }
    }

    // /registry/pods/ns/name → pods. There are as many as resources; none comes from a client.
    private string ResourceOf(string key)
    {
        const int Root = 10;
        if (key.Length <= Root)
        {
            return "";
        }

        var rest = key.AsSpan(Root);
        var name = rest.IndexOf('/') is >= 0 and var end ? rest[..end] : rest;
        var known = _resources.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(name, out var text))
        {
            text = name.ToString();
            _resources.TryAdd(text, text);
        }

        return text;
    }
}
