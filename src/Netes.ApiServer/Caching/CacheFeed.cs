using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Store;

namespace Netes.ApiServer.Caching;

/// <summary>
/// The one reader of the store's events: it loads all caches at one revision and then carries each event to the cache
/// it belongs to. One loop for all resources, so that one number says how fresh every cache is.
/// </summary>
internal sealed partial class CacheFeed(IStore store, TimeProvider time, ILogger logger)
{
    public const string Root = "/registry/";

    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiters = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Dictionary<string, ResourceCache> _caches = new(StringComparer.Ordinal);
    private long _applied;
    private volatile bool _isStopped;

    /// <summary>Every event up to this revision is in the caches.</summary>
    public long AppliedRevision => Volatile.Read(ref _applied);

    /// <summary>Ends when all caches were loaded.</summary>
    public Task Ready => _ready.Task;

    /// <summary>True when no event will come any more: watches end, so that their clients go elsewhere.</summary>
    public bool IsStopped => _isStopped;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Before <see cref="RunAsync"/> only.</summary>
    public void Add(ResourceCache cache) => _caches[cache.Prefix[Root.Length..].TrimEnd('/')] = cache;

    /// <summary>Ends when the caches have everything up to a revision.</summary>
    public ValueTask WaitForAsync(long revision, CancellationToken cancel)
    {
        if (AppliedRevision >= revision)
        {
            return ValueTask.CompletedTask;
        }

        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (AppliedRevision >= revision)
            {
                return ValueTask.CompletedTask;
            }

            if (_isStopped)
            {
                throw Stopping();
            }

            _waiters.Enqueue(waiter, revision);
        }

        return new(waiter.Task.WaitAsync(cancel));
    }

    /// <summary>Ends when the caches have everything that was acknowledged before the call.</summary>
    public ValueTask WaitForLatestAsync(CancellationToken cancel) => WaitForAsync(store.CurrentRevision, cancel);

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await FollowAsync(cancel);
        }
        finally
        {
            Stop();
        }
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await LoadAsync(cancel);
                await foreach (var batch in store.WatchAsync(Root, AppliedRevision, cancel))
                {
                    Apply(batch);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException exception)
            {
                // History gone, or the store failed to read: load everything anew after a moment.
                LogInterrupted(logger, exception);
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), time, cancel));
            }
        }
    }

    private void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            while (_waiters.TryDequeue(out var waiter, out _))
            {
                waiter.TrySetException(Stopping());
            }
        }

        foreach (var cache in _caches.Values)
        {
            cache.Changed.Signal();
        }
    }

    private static ApiException Stopping() => ApiErrors.ServiceUnavailable("the server is stopping");

    private async Task LoadAsync(CancellationToken cancel)
    {
        var page = await store.ListAsync(Root, 0, null, 0, cancel);
        var byCache = _caches.Values.ToDictionary(static cache => cache, static _ => new List<StoredEntry>());
        foreach (var entry in page.Entries)
        {
            if (Find(entry.Key) is { } cache)
            {
                byCache[cache].Add(entry);
            }
        }

        foreach (var (cache, entries) in byCache)
        {
            cache.Load(entries, page.Revision);
        }

        Advance(page.Revision);
        foreach (var cache in byCache.Keys)
        {
            cache.Fresh.Clear();
        }

        _ready.TrySetResult();
    }

    private void Apply(StoreEventBatch batch)
    {
        var touched = new HashSet<ResourceCache>();
        foreach (ref readonly var change in batch.Events.Span)
        {
            if (Find(change.Key) is { } cache)
            {
                cache.Apply(change);
                touched.Add(cache);
            }
        }

        Advance(batch.Revision);
        foreach (ref readonly var change in batch.Events.Span)
        {
            Find(change.Key)?.Fresh.Forget(change.Key, change.Revision);
        }

        foreach (var cache in touched)
        {
            cache.Changed.Signal();
        }
    }

    private void Advance(long revision)
    {
        lock (_lock)
        {
            Volatile.Write(ref _applied, Math.Max(_applied, revision));
            while (_waiters.TryPeek(out var waiter, out var wanted) && wanted <= revision)
            {
                _waiters.Dequeue();
                waiter.TrySetResult();
            }
        }
    }

    // /registry/pods/ns/name belongs to "pods", /registry/example.com/widgets/ns/name to "example.com/widgets".
    private ResourceCache? Find(string key)
    {
        var rest = key.AsSpan(Root.Length);
        var end = rest.IndexOf('/');
        if (end > 0 && rest[..end].Contains('.'))
        {
            var second = rest[(end + 1)..].IndexOf('/');
            end = second < 0 ? -1 : end + 1 + second;
        }

        return end > 0 && _caches.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rest[..end], out var cache)
            ? cache
            : null;
    }

    [LoggerMessage(LogLevel.Warning, "The watch cache lost the store's events and loads anew")]
    private static partial void LogInterrupted(ILogger logger, Exception exception);
}
