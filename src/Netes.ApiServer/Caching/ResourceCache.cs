using Netes.Api;
using Netes.ApiServer.Registry;
using Netes.Store;

namespace Netes.ApiServer.Caching;

/// <summary>
/// Everything there is of one stored resource, and its newest events. The feed alone writes; anyone reads.
/// </summary>
internal sealed class ResourceCache(ResourceStrategy strategy, long ringBytes)
{
    private readonly Lock _subscribing = new();
    private volatile CacheState _state = new(EntryTree.Empty, 0);
    private Action<CacheEvent>[] _subscribers = [];

    public ResourceStrategy Strategy => strategy;

    /// <summary><c>/registry/pods/</c>.</summary>
    public string Prefix => strategy.StoragePrefix;

    /// <summary>The entries, and the revision of the newest change among them.</summary>
    public CacheState State => _state;

    /// <summary>What was written and is not in the state yet.</summary>
    public FreshWrites Fresh { get; } = new();

    public EventRing Ring { get; } = new(ringBytes);

    /// <summary>Signalled after each batch that changed something here.</summary>
    public Pulse Changed { get; } = new();

    /// <summary>The newest version of an object that is known here; the store may have a newer one.</summary>
    public CacheEntry? FindNewest(string key)
    {
        var known = _state.Tree.Find(key);
        return Fresh.Find(key) is { } fresh && fresh.Revision > (known?.Revision ?? 0) ? fresh : known;
    }

    /// <summary>Takes over what the store has, as events where something was known before.</summary>
    public void Load(IReadOnlyList<StoredEntry> entries, long revision)
    {
        var known = _state.Tree;
        if (known.Count == 0)
        {
            _state = new(
                EntryTree.Of(
                    [.. entries.Select(static entry => new CacheEntry(entry.Key, entry.Value, entry.ModRevision))]),
                revision);
            Ring.StartAfter(revision);
            return;
        }

        // History was lost between the last event and now: watchers must not miss it, so the ring starts anew.
        Ring.StartAfter(revision);
        var present = entries.ToDictionary(static entry => entry.Key, StringComparer.Ordinal);
        foreach (var gone in known.Range(Prefix, Prefix).Where(entry => !present.ContainsKey(entry.Key)))
        {
            Change(new(revision, null, gone.DeletedAt(revision)));
        }

        foreach (var entry in entries.Where(entry => known.Find(entry.Key)?.Revision != entry.ModRevision))
        {
            Change(new(
                entry.ModRevision, new(entry.Key, entry.Value, entry.ModRevision), known.Find(entry.Key)));
        }

        _state = _state with { Revision = revision };
        Changed.Signal();
    }

    public void Apply(in StoreEvent change)
    {
        var previous = _state.Tree.Find(change.Key);
        if (change.Kind == StoreEventKind.Put)
        {
            // Where nobody looks at records, none is kept.
            var record = Fresh.Take(change.Value);
            var entry = new CacheEntry(
                change.Key, change.Value, change.Revision, _subscribers.Length > 0 ? record : null);
            var cacheEvent = new CacheEvent(change.Revision, entry, previous);
            Change(cacheEvent);
            Ring.Add(cacheEvent);
        }
        else if (previous is not null)
        {
            var cacheEvent = new CacheEvent(change.Revision, null, previous.DeletedAt(change.Revision));
            Change(cacheEvent);
            Ring.Add(cacheEvent);
        }
    }

    /// <summary>
    /// Calls back for what is there, then for each change, from the feed. The callback must be quick.
    /// </summary>
    public IDisposable Subscribe(Action<CacheEvent> subscriber)
    {
        // The feed changes the state under the same lock, so that nothing falls between the two.
        lock (_subscribing)
        {
            foreach (var entry in _state.Tree.Range(Prefix, Prefix))
            {
                subscriber(new(entry.Revision, entry, null));
            }

            _subscribers = [.. _subscribers, subscriber];
        }

        return new Subscription(this, subscriber);
    }

    private void Change(in CacheEvent change)
    {
        lock (_subscribing)
        {
            var tree = change.Current is { } current
                ? _state.Tree.With(current)
                : _state.Tree.Without(change.Subject.Key);
            _state = new(tree, change.Revision);
            foreach (var subscriber in _subscribers)
            {
                subscriber(change);
            }
        }
    }

    private sealed class Subscription(ResourceCache cache, Action<CacheEvent> subscriber) : IDisposable
    {
        public void Dispose()
        {
            lock (cache._subscribing)
            {
                cache._subscribers = [.. cache._subscribers.Where(other => other != subscriber)];
            }
        }
    }
}

/// <summary>The entries of a resource as of a revision.</summary>
internal sealed record CacheState(EntryTree Tree, long Revision);
