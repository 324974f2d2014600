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
    private readonly Func<T, ObjectKey?> _ownerOf;

    public OwnWrites(Informer<T> informer, Func<T, ObjectKey?> ownerOf)
    {
        _ownerOf = ownerOf;
        informer.AddHandler(Seen);
    }

    public void Stored(ObjectKey owner, T value) =>
        Record(owner, ObjectKey.Of(value), new Write(value, Revision(value)));

    /// <summary>The deletion of a state was accepted.</summary>
    public void Deleted(ObjectKey owner, T value) =>
        Record(owner, ObjectKey.Of(value), new Write(null, Revision(value)));

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

            // A state at least as new as ours, or the end of the object we wrote or deleted.
            var revision = Revision(change.Latest);
            if (change.New is null ? revision >= write.Revision : write.Value is not null && revision >= write.Revision)
            {
                writes.Remove(change.Key);
                if (writes.Count == 0)
                {
                    _owners.Remove(owner);
                }
            }
        }
    }

    /// <summary>Revisions of one resource may be compared as numbers (KEP-5504).</summary>
    private static long Revision(T value) =>
        long.TryParse(value.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private sealed record Write(T? Value, long Revision);
}
