using Microsoft.Extensions.Logging;
using Netes.Api;

namespace Netes.Client;

/// <summary>
/// Keeps a cache of one kind true: list, then watch from that revision; resume where the watch ended, list again when
/// the revision is gone. Handlers are called one at a time, in order, on the informer's own loop; they only enqueue.
/// Source: client-go tools/cache/reflector.go, shared_informer.go.
/// </summary>
public sealed partial class Informer<T> : IInformer
    where T : class, IKubernetesObject, IApiType<T>
{
    private readonly KubernetesClient _client;
    private readonly ResourceDefinition _resource;
    private readonly InformerOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly Lock _handlerLock = new();
    private readonly List<Action<Change<T>>> _handlers = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _revision = "";
    private int _failures;

    /// <param name="client">Where to list and watch.</param>
    /// <param name="resource">What to list and watch; its objects are read as <typeparamref name="T"/>.</param>
    /// <param name="options">Which of its objects.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">For jitter; used by this informer alone.</param>
    /// <param name="logger">Where failures are told.</param>
    public Informer(
        KubernetesClient client, ResourceDefinition resource, InformerOptions options, TimeProvider time,
        Random random, ILogger logger)
    {
        (_client, _resource, _options, _time, _random, _logger) = (client, resource, options, time, random, logger);
    }

    public ObjectCache<T> Cache { get; } = new();

    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    /// <summary>The revision that the cache has reached; empty before the first list.</summary>
    public string Revision => Volatile.Read(ref _revision);

    public Task WaitForSyncAsync(CancellationToken cancel) => _synced.Task.WaitAsync(cancel);

    /// <summary>Calls <paramref name="handler"/> for each change from now on, and for what is cached already.</summary>
    public void AddHandler(Action<Change<T>> handler)
    {
        lock (_handlerLock)
        {
            foreach (var value in Cache.List())
            {
                Call(handler, new Change<T>(ObjectKey.Of(value), null, value));
            }

            _handlers.Add(handler);
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (_revision.Length == 0)
                {
                    await ListAsync(cancel);
                    _synced.TrySetResult();
                }

                await WatchAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException failure) when (failure.IsExpired)
            {
                LogExpired(_logger, _resource.Kind, _revision);
                _revision = "";
                await BackOffAsync(cancel);
            }
            catch (Exception failure)
            {
                LogFailed(_logger, failure, _resource.Kind, _failures + 1);
                await BackOffAsync(cancel);
            }
        }
    }

    private async Task ListAsync(CancellationToken cancel)
    {
        var items = new List<T>();
        var parameters = new ListParameters
        {
            LabelSelector = _options.LabelSelector,
            FieldSelector = _options.FieldSelector,
            Limit = _options.PageSize,
        };
        ResourceList<T> page;
        do
        {
            page = await _client.Objects.ListAsync<T>(_resource, _options.Namespace, parameters, cancel);
            items.AddRange(page.Items);
            parameters = parameters with { Continue = page.Continue };
        }
        while (page.Continue.Length > 0);

        Replace(items);
        Volatile.Write(ref _revision, page.ResourceVersion);
    }

    private async Task WatchAsync(CancellationToken cancel)
    {
        var started = _time.GetTimestamp();
        var parameters = new WatchParameters
        {
            LabelSelector = _options.LabelSelector,
            FieldSelector = _options.FieldSelector,
            ResourceVersion = _revision,
            Timeout = _options.MinWatchTime * (1 + _random.NextDouble()),
        };
        await foreach (var change in _client.Objects.WatchAsync<T>(_resource, _options.Namespace, parameters, cancel))
        {
            if (change.Type != WatchEventType.Bookmark)
            {
                Apply(ObjectKey.Of(change.Object), change.Type == WatchEventType.Deleted ? null : change.Object,
                    change.Object);
            }

            Volatile.Write(ref _revision, change.Object.Metadata.ResourceVersion);
            _failures = 0;
        }

        // A server that ends watches at once must not be asked in a tight loop.
        if (_time.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
        {
            await BackOffAsync(cancel);
        }
    }

    private void Replace(List<T> items)
    {
        var present = new HashSet<ObjectKey>();
        foreach (var item in items)
        {
            var key = ObjectKey.Of(item);
            present.Add(key);
            Apply(key, item, item);
        }

        foreach (var key in Cache.Keys())
        {
            if (!present.Contains(key))
            {
                Apply(key, null, Cache.Get(key)!);
            }
        }
    }

    private void Apply(ObjectKey key, T? next, T last)
    {
        lock (_handlerLock)
        {
            var old = Cache.Set(key, next);
            if (old is not null && next is not null
                && old.Metadata.ResourceVersion == next.Metadata.ResourceVersion)
            {
                return;
            }

            // Of a deleted object the event carries the last state, which may be newer than the cached one.
            var change = new Change<T>(key, next is null ? last : old, next);
            foreach (var handler in _handlers)
            {
                Call(handler, change);
            }
        }
    }

    private void Call(Action<Change<T>> handler, Change<T> change)
    {
        try
        {
            handler(change);
        }
        catch (Exception failure)
        {
            LogHandlerFailed(_logger, failure, _resource.Kind, change.Key.Namespace, change.Key.Name);
        }
    }

    private async Task BackOffAsync(CancellationToken cancel)
    {
        var doublings = Math.Min(_failures++, 20);
        var wait = TimeSpan.FromTicks(Math.Min(_options.MinBackoff.Ticks << doublings, _options.MaxBackoff.Ticks));
        try
        {
            await Task.Delay(wait * (1 + _random.NextDouble()), _time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            LogStopped(_logger, _resource.Kind);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "revision {Revision} of {Kind} is gone, listing again")]
    private static partial void LogExpired(ILogger logger, string kind, string revision);

    [LoggerMessage(Level = LogLevel.Warning, Message = "watching {Kind} failed {Failures} times, trying again")]
    private static partial void LogFailed(ILogger logger, Exception failure, string kind, int failures);

    [LoggerMessage(Level = LogLevel.Error, Message = "a handler of {Kind} {Namespace} {Name} failed")]
    private static partial void LogHandlerFailed(
        ILogger logger, Exception failure, string kind, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Debug, Message = "stopped watching {Kind}")]
    private static partial void LogStopped(ILogger logger, string kind);
}
