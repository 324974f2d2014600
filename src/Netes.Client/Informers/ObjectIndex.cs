using Netes.Api;

namespace Netes.Client;

/// <summary>Finds cached objects by a value of theirs, e.g. pods by node. Thread-safe.</summary>
public sealed class ObjectIndex<T>
    where T : class, IKubernetesObject
{
    private readonly Lock _lock;
    private readonly Func<T, IEnumerable<string>> _values;
    private readonly Dictionary<string, Dictionary<ObjectKey, T>> _buckets = new(StringComparer.Ordinal);

    internal ObjectIndex(Lock cacheLock, Func<T, IEnumerable<string>> values) => (_lock, _values) = (cacheLock, values);

    public IReadOnlyList<T> Get(string value)
    {
        lock (_lock)
        {
            return _buckets.TryGetValue(value, out var bucket) ? [.. bucket.Values] : [];
        }
    }

    public int Count(string value)
    {
        lock (_lock)
        {
            return _buckets.TryGetValue(value, out var bucket) ? bucket.Count : 0;
        }
    }

    internal void Change(ObjectKey key, T? old, T? next)
    {
        if (old is not null)
        {
            foreach (var value in _values(old))
            {
                if (_buckets.TryGetValue(value, out var bucket) && bucket.Remove(key) && bucket.Count == 0)
                {
                    _buckets.Remove(value);
                }
            }
        }

        if (next is not null)
        {
            foreach (var value in _values(next))
            {
                if (!_buckets.TryGetValue(value, out var bucket))
                {
                    _buckets[value] = bucket = [];
                }

                bucket[key] = next;
            }
        }
    }
}
