using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// What a controller did that its cache may not show yet: until all of it was seen, or five minutes passed, it must not
/// count again, or it would create and delete too many. Source: pkg/controller/controller_utils.go,
/// ControllerExpectations. Kept by the owner's uid: another one may come under the same name while pods of the first
/// are still seen.
/// </summary>
internal sealed class Expectations(TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Pending> _pending = new(StringComparer.Ordinal);

    public bool Satisfied(string ownerUid)
    {
        lock (_lock)
        {
            return !_pending.TryGetValue(ownerUid, out var pending)
                || (pending.Creations <= 0 && pending.Deletions.Count == 0)
                || time.GetElapsedTime(pending.Since) > MaxAge;
        }
    }

    public void ExpectCreations(string ownerUid, int count)
    {
        lock (_lock)
        {
            _pending[ownerUid] = new Pending { Creations = count, Since = time.GetTimestamp() };
        }
    }

    public void ExpectDeletions(string ownerUid, IEnumerable<ObjectKey> objects)
    {
        lock (_lock)
        {
            _pending[ownerUid] = new Pending { Deletions = [.. objects], Since = time.GetTimestamp() };
        }
    }

    /// <summary>Both at once.</summary>
    public void Expect(string ownerUid, int creations, IEnumerable<ObjectKey> deletions)
    {
        lock (_lock)
        {
            _pending[ownerUid] = new Pending
            {
                Creations = creations, Deletions = [.. deletions], Since = time.GetTimestamp(),
            };
        }
    }

    /// <summary>So many creations were seen, or will never come.</summary>
    public void CreationsObserved(string ownerUid, int count = 1)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(ownerUid, out var pending))
            {
                pending.Creations -= count;
            }
        }
    }

    /// <summary>The deletion was seen, or failed.</summary>
    public void DeletionObserved(string ownerUid, ObjectKey deleted)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(ownerUid, out var pending))
            {
                pending.Deletions.Remove(deleted);
            }
        }
    }

    /// <summary>Whether an object was deleted that is still to be seen going.</summary>
    public bool IsLeaving(string ownerUid, ObjectKey key)
    {
        lock (_lock)
        {
            return _pending.TryGetValue(ownerUid, out var pending) && pending.Deletions.Contains(key);
        }
    }

    /// <summary>What the change of a pod fulfils.</summary>
    public void Observe(Change<Pod> change)
    {
        var (key, old, next) = change;
        if (old is null && next is not null && ObjectReferences.ControllerOf(next.Metadata) is { } owner)
        {
            CreationsObserved(owner.Uid);
        }

        if (old is not null && ObjectReferences.ControllerOf(old.Metadata) is { } former
            && (next is null
                || (next.Metadata.DeletionTimestamp is not null && old.Metadata.DeletionTimestamp is null)))
        {
            DeletionObserved(former.Uid, key);
        }
    }

    public void Forget(string ownerUid)
    {
        lock (_lock)
        {
            _pending.Remove(ownerUid);
        }
    }

    private sealed class Pending
    {
        public int Creations { get; set; }

        public HashSet<ObjectKey> Deletions { get; init; } = [];

        public long Since { get; init; }
    }
}
