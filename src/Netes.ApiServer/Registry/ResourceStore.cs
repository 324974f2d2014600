using Netes.Api;
using Netes.ApiServer.Caching;
using Netes.ApiServer.FieldManagement;
using Netes.Store;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Objects in the store: optimistic concurrency, one encoding per write, reads from the cache.
/// Source: apiserver pkg/storage/etcd3/store.go and pkg/registry/generic/registry/store.go.
/// </summary>
internal sealed class ResourceStore(IStore store, CacheFeed feed)
{
    /// <summary>etcd's limit for a request; what is larger could not move to a cluster on etcd.</summary>
    public const int MaxObjectBytes = 1_572_864;

    // Each attempt lost means that another writer won; this many in a row is a stampede on one object.
    private const int MaxAttempts = 100;

    /// <summary>An object that is not stored, in the shape of one that is; it has no resourceVersion.</summary>
    public static CacheEntry Unsaved(
        ResourceStrategy strategy, string key, IKubernetesObject value, FieldTracking? fields) =>
        new(key, TrackedEncoding.Encode(strategy, Storable(strategy, value), null, fields).Json!, 0);

    /// <summary>What the store has now, or null. Linearizable.</summary>
    public async ValueTask<CacheEntry?> GetLatestAsync(ResourceCache cache, string key, CancellationToken cancel)
    {
        await feed.WaitForLatestAsync(cancel);
        return cache.State.Tree.Find(key);
    }

    /// <summary>Creates; null when the key is taken.</summary>
    public async ValueTask<CacheEntry?> CreateAsync(
        ResourceCache cache, string key, IKubernetesObject value, FieldTracking? fields, CancellationToken cancel)
    {
        var (record, json) = TrackedEncoding.Encode(cache.Strategy, Storable(cache.Strategy, value), null, fields);
        return (await PutAsync(cache, key, record, json!, 0, cancel)).Written;
    }

    /// <summary>
    /// Replaces an object by what <paramref name="change"/> makes of its newest version, again for each version that
    /// another writer put in between; null when it does not exist. What does not change the bytes is not written.
    /// A refusal by <paramref name="change"/> counts only when it saw the newest version.
    /// </summary>
    public async ValueTask<CacheEntry?> UpdateAsync(
        ResourceCache cache, string key, Func<CacheEntry, ValueTask<Replacement>> change, CancellationToken cancel)
    {
        var current = cache.FindNewest(key);
        var isLatest = false;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (current is null)
            {
                current = isLatest ? null : await GetLatestAsync(cache, key, cancel);
                isLatest = true;
                if (current is null)
                {
                    return null;
                }
            }

            var (outcome, retryWith) = await AttemptAsync(cache, key, current, change, isLatest, cancel);
            if (outcome is not null)
            {
                return outcome;
            }

            (current, isLatest) = (retryWith, true);
        }

        throw ApiErrors.Conflict(
            cache.Strategy.Definition.Group, cache.Strategy.Definition.Plural, key, "too many concurrent changes");
    }

    /// <summary>Deletes exactly this version. Null when another version is there, or nothing.</summary>
    public async ValueTask<CacheEntry?> DeleteAsync(CacheEntry current, CancellationToken cancel)
    {
        try
        {
            return await store.DeleteAsync(current.Key, current.Revision, cancel) is WriteResult.Written written
                ? current.DeletedAt(written.Revision)
                : null;
        }
        catch (StoreUnavailableException exception)
        {
            throw Unavailable(exception);
        }
    }

    private async ValueTask<(CacheEntry? Outcome, CacheEntry? Retry)> AttemptAsync(
        ResourceCache cache, string key, CacheEntry current, Func<CacheEntry, ValueTask<Replacement>> change,
        bool isLatest, CancellationToken cancel)
    {
        Replacement replacement;
        try
        {
            replacement = await change(current);
        }
        catch (ApiException) when (!isLatest)
        {
            // Perhaps the cache was behind: only a refusal of the newest version is one.
            var latest = await GetLatestAsync(cache, key, cancel);
            if (latest?.Revision == current.Revision)
            {
                throw;
            }

            return (null, latest);
        }

        if (replacement.Value is not { } next)
        {
            return await DeleteAsync(current, cancel) is { } deleted
                ? (deleted, null)
                : (null, await GetLatestAsync(cache, key, cancel));
        }

        var (record, json) = TrackedEncoding.Encode(
            cache.Strategy, Storable(cache.Strategy, next), current, replacement.Fields);
        if (replacement.DryRun)
        {
            return (json is null ? current : new CacheEntry(key, json, current.Revision), null);
        }

        if (json is null || json.AsSpan().SequenceEqual(current.Json.Span))
        {
            var latest = isLatest ? current : await GetLatestAsync(cache, key, cancel);
            return latest?.Revision == current.Revision ? (current, null) : (null, latest);
        }

        return await PutAsync(cache, key, record, json, current.Revision, cancel);
    }

    // What is stored, or else what is there instead.
    private async ValueTask<(CacheEntry? Written, CacheEntry? Other)> PutAsync(
        ResourceCache cache, string key, IKubernetesObject record, byte[] json, long expected,
        CancellationToken cancel)
    {
        if (json.Length > MaxObjectBytes)
        {
            throw ApiErrors.RequestEntityTooLarge($"limit is {MaxObjectBytes}");
        }

        try
        {
            cache.Fresh.Announce(json, record);
            var result = await store.PutAsync(key, json, expected, cancel);
            if (result is not WriteResult.Written written)
            {
                return (null, (result as WriteResult.Conflict)?.Current is { } other
                    ? new CacheEntry(key, other.Value, other.ModRevision)
                    : null);
            }

            var entry = new CacheEntry(key, json, written.Revision, record);
            cache.Fresh.Add(entry, () => feed.AppliedRevision >= written.Revision);
            return (entry, null);
        }
        catch (StoreUnavailableException exception)
        {
            throw Unavailable(exception);
        }
    }

    private static ApiException Unavailable(StoreUnavailableException exception) =>
        ApiErrors.ServiceUnavailable($"the store does not take writes: {exception.Message}");

    private static IKubernetesObject Storable(ResourceStrategy strategy, IKubernetesObject value) =>
        strategy.WithMetadata(value, value.Metadata with { ResourceVersion = "", SelfLink = "" });
}

/// <summary>What an update makes of an object: a new value, or nothing, which deletes it.</summary>
/// <param name="Value">The new value.</param>
/// <param name="DryRun">Nothing is stored.</param>
/// <param name="Fields">Whose the fields become; null: they stay whose they are.</param>
internal readonly record struct Replacement(
    IKubernetesObject? Value, bool DryRun = false, FieldTracking? Fields = null);
