using Netes.Api;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// A cache with what was decided and is not written yet laid over it. A decision is about one state of the object:
/// when the cache shows another, that is the truth. Thread-safe.
/// Source: pkg/scheduler/util/assumecache/assume_cache.go.
/// </summary>
internal sealed class AssumedObjects<T>(ObjectCache<T> cache)
    where T : class, IKubernetesObject
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, T> _assumed = [];

    public ObjectCache<T> Cache => cache;

    /// <param name="value">The object to be, with the revision of the state it was decided on.</param>
    public void Assume(T value)
    {
        lock (_lock)
        {
            _assumed[ObjectKey.Of(value)] = value;
        }
    }

    public void Forget(ObjectKey key)
    {
        lock (_lock)
        {
            _assumed.Remove(key);
        }
    }

    public T? Get(ObjectKey key) => Current(key, cache.Get(key));

    /// <summary>The objects as they will be.</summary>
    public IEnumerable<T> Apply(IEnumerable<T> cached)
    {
        foreach (var value in cached)
        {
            yield return Current(ObjectKey.Of(value), value)!;
        }
    }

    private T? Current(ObjectKey key, T? cached)
    {
        lock (_lock)
        {
            if (!_assumed.TryGetValue(key, out var assumed))
            {
                return cached;
            }

            if (cached?.Metadata.ResourceVersion == assumed.Metadata.ResourceVersion)
            {
                return assumed;
            }

            _assumed.Remove(key);
            return cached;
        }
    }
}
