using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// What a controller did that its cache may not show yet: until all of it was seen, or five minutes passed, it must not
/// count again, or it would create and delete too many. Source: pkg/controller/controller_utils.go,
/// ControllerExpectations.
/// </summary>
internal sealed class Expectations(TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, Pending> _pending = [];

    public bool Satisfied(ObjectKey key)
    {
        lock (_lock)
        {
            return !_pending.TryGetValue(key, out var pending)
                || (pending.Creations <= 0 && pending.Deletions.Count == 0)
                || time.GetElapsedTime(pending.Since) > MaxAge;
        }
    }

    public void ExpectCreations(ObjectKey key, int count)
    {
        lock (_lock)
        {
            _pending[key] = new Pending { Creations = count, Since = time.GetTimestamp() };
        }
    }

    public void ExpectDeletions(ObjectKey key, IEnumerable<ObjectKey> objects)
    {
        lock (_lock)
        {
            _pending[key] = new Pending { Deletions = [.. objects], Since = time.GetTimestamp() };
        }
    }

    /// <summary>Both at once.</summary>
    public void Expect(ObjectKey key, int creations, IEnumerable<ObjectKey> deletions)
    {
        lock (_lock)
        {
            _pending[key] = new Pending
            {
                Creations = creations, Deletions = [.. deletions], Since = time.GetTimestamp(),
            };
        }
    }

    /// <summary>So many creations were seen, or will never come.</summary>
    public void CreationsObserved(ObjectKey key, int count = 1)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(key, out var pending))
            {
                pending.Creations -= count;
            }
        }
    }

    /// <summary>The deletion was seen, or failed.</summary>
    public void DeletionObserved(ObjectKey key, ObjectKey deleted)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(key, out var pending))
            {
                pending.Deletions.Remove(deleted);
            }
        }
    }

    public void Forget(ObjectKey key)
    {
        lock (_lock)
        {
            _pending.Remove(key);
        }
    }

    private sealed class Pending
    {
        public int Creations { get; set; }

        public HashSet<ObjectKey> Deletions { get; init; } = [];

        public long Since { get; init; }
    }
}
