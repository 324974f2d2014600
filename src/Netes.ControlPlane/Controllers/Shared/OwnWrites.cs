using System.Globalization;
using Netes.Api;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// What a controller wrote and its cache may not show yet, laid over the cache, so that it never acts on a state older
/// than its own writes. Grouped by owner. Source: staging endpointslice/util/endpointslice_tracker.go solves the same.
/// </summary>
internal sealed class OwnWrites<T>
    where T : class, IResource<T>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, Dictionary<ObjectKey, Write>> _owners = [];
    private readonly ObjectCache<T> _cache;
    private readonly Func<T, ObjectKey?> _ownerOf;

    public OwnWrites(Informer<T> informer, Func<T, ObjectKey?> ownerOf)
    {
        (_cache, _ownerOf) = (informer.Cache, ownerOf);
        informer.AddHandler(Seen);
    }

    public void Stored(ObjectKey owner, T value) =>
        Record(owner, ObjectKey.Of(value), new Write(value, value.Metadata.Uid, Revision(value)));

    /// <summary>The deletion of a state was accepted.</summary>
    public void Deleted(ObjectKey owner, T value) =>
        Record(owner, ObjectKey.Of(value), new Write(null, value.Metadata.Uid, Revision(value)));

    /// <summary>Deletes one of the owner's; where it is gone already, the cache is the truth again.</summary>
    public async Task DeleteAsync(KubernetesClient client, ObjectKey owner, T value, CancellationToken cancel)
    {
        try
        {
            await client.DeleteAsync<T>(value.Metadata.Namespace, value.Metadata.Name, null, cancel);
            Deleted(owner, value);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            Forget(owner);
        }
    }

    /// <summary>What was written does not stand as it was written: the cache is the truth again.</summary>
    public void Forget(ObjectKey owner)
    {
        lock (_lock)
        {
            _owners.Remove(owner);
        }
    }

    /// <summary>The cached objects of the owner, with what was written since.</summary>
    public List<T> Apply(ObjectKey owner, IEnumerable<T> cached)
    {
        lock (_lock)
        {
            if (!_owners.TryGetValue(owner, out var writes))
            {
                return [.. cached];
            }

            var merged = cached.Where(value => !writes.ContainsKey(ObjectKey.Of(value))).ToList();
            merged.AddRange(writes.Values.Select(write => write.Value).OfType<T>());
            return merged;
        }
    }

    private void Record(ObjectKey owner, ObjectKey key, Write write)
    {
        lock (_lock)
        {
            if (!_owners.TryGetValue(owner, out var writes))
            {
                _owners[owner] = writes = [];
            }

            writes[key] = write;

            // The cache may have been quicker than the answer. Looked at after the entry was made: what comes into the
            // cache later finds the entry.
            if (IsInCache(key, write))
            {
                Remove(owner, writes, key);
            }
        }
    }

    private bool IsInCache(ObjectKey key, Write write)
    {
        var cached = _cache.Get(key);
        return write.Value is null
            ? cached is null || cached.Metadata.Uid != write.Uid
            : cached is not null && Revision(cached) >= write.Revision;
    }

    private void Remove(ObjectKey owner, Dictionary<ObjectKey, Write> writes, ObjectKey key)
    {
        writes.Remove(key);
        if (writes.Count == 0)
        {
            _owners.Remove(owner);
        }
    }

    private void Seen(Change<T> change)
    {
        if (_ownerOf(change.Latest) is not { } owner)
        {
            return;
        }

        lock (_lock)
        {
            if (!_owners.TryGetValue(owner, out var writes) || !writes.TryGetValue(change.Key, out var write))
            {
                return;
            }

            // A state at least as new as ours, or the end of the object we wrote or deleted; of an end that was not
            // watched the cache has an older state only, but uids do not come again.
            var isNewer = Revision(change.Latest) >= write.Revision;
            var isSame = change.Latest.Metadata.Uid == write.Uid;
            if (change.New is null ? isNewer || isSame : isNewer && (write.Value is not null || !isSame))
            {
                Remove(owner, writes, change.Key);
            }
        }
    }

    /// <summary>Revisions of one resource may be compared as numbers (KEP-5504).</summary>
    private static long Revision(T value) =>
        long.TryParse(value.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private sealed record Write(T? Value, string Uid, long Revision);
}
