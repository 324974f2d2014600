using System.Diagnostics.CodeAnalysis;
using Netes.Api;

namespace Netes.Client;

/// <summary>
/// The objects of one kind as last seen. Objects are shared: nobody changes them. Thread-safe; lists are copies.
/// Source: client-go tools/cache/thread_safe_store.go.
/// </summary>
public sealed class ObjectCache<T>
    where T : class, IKubernetesObject
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, T> _objects = [];
    private readonly List<ObjectIndex<T>> _indexes = [];
    private readonly ObjectIndex<T> _byNamespace;

    internal ObjectCache()
    {
        _byNamespace = new ObjectIndex<T>(_lock, static value => [value.Metadata.Namespace]);
        _indexes.Add(_byNamespace);
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _objects.Count;
            }
        }
    }

    public T? Get(ObjectKey key)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(key);
        }
    }

    public T? Get(string ns, string name) => Get(new ObjectKey(ns, name));

    public bool TryGet(ObjectKey key, [NotNullWhen(true)] out T? value) => (value = Get(key)) is not null;

    public IReadOnlyList<T> List()
    {
        lock (_lock)
        {
            return [.. _objects.Values];
        }
    }

    public IReadOnlyList<T> List(string ns) => _byNamespace.Get(ns);

    /// <summary>
    /// Objects found by the values that <paramref name="values"/> gives them; kept up to date from now on.
    /// </summary>
    public ObjectIndex<T> AddIndex(Func<T, IEnumerable<string>> values)
    {
        lock (_lock)
        {
            var index = new ObjectIndex<T>(_lock, values);
            foreach (var (key, value) in _objects)
            {
                index.Change(key, null, value);
            }

            _indexes.Add(index);
            return index;
        }
    }

    /// <summary>Puts or (null) removes an object; the state before.</summary>
    internal T? Set(ObjectKey key, T? value)
    {
        lock (_lock)
        {
            var old = _objects.GetValueOrDefault(key);
            if (value is null)
            {
                _objects.Remove(key);
            }
            else
            {
                _objects[key] = value;
            }

            foreach (var index in _indexes)
            {
                index.Change(key, old, value);
            }

            return old;
        }
    }

    internal IReadOnlyList<ObjectKey> Keys()
    {
        lock (_lock)
        {
            return [.. _objects.Keys];
        }
    }
}
