using System.Globalization;
using Netes.Api;
using Netes.ApiServer;

namespace Netes.Tests.ApiServer;

/// <summary>Objects in a dictionary: what the watch cache is to security, without a server.</summary>
internal sealed class MemoryObjects : IObjectReader, IObjectWriter
{
    private readonly Dictionary<(Type Type, string Namespace, string Name), object> _objects = [];
    private readonly Dictionary<Type, List<Delegate>> _handlers = [];
    private long _revision;

    public MemoryObjects Add<T>(T value)
        where T : class, IResource<T>
    {
        Store(value);
        return this;
    }

    public void Remove<T>(string namespaceName, string name)
        where T : class, IResource<T>
    {
        if (_objects.Remove((typeof(T), namespaceName, name), out var old))
        {
            Tell<T>((T)old, null);
        }
    }

    public T? Get<T>(string namespaceName, string name)
        where T : class, IResource<T> => _objects.GetValueOrDefault((typeof(T), namespaceName, name)) as T;

    public IReadOnlyList<T> List<T>(string namespaceName)
        where T : class, IResource<T> =>
        [.. _objects.Values.OfType<T>()
            .Where(value => namespaceName.Length == 0 || value.Metadata.Namespace == namespaceName)];

    public ValueTask<T?> GetLatestAsync<T>(string namespaceName, string name, CancellationToken cancel)
        where T : class, IResource<T> => new(Get<T>(namespaceName, name));

    public ValueTask CatchUpAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    public IDisposable Subscribe<T>(Action<T?, T?> onChange)
        where T : class, IResource<T>
    {
        foreach (var value in List<T>(""))
        {
            onChange(null, value);
        }

        var handlers = _handlers.TryGetValue(typeof(T), out var there) ? there : _handlers[typeof(T)] = [];
        handlers.Add(onChange);
        return new Subscription(() => handlers.Remove(onChange));
    }

    public ValueTask<T> CreateAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T> =>
        Get<T>(value.Metadata.Namespace, value.Metadata.Name) is null
            ? new(Store(value))
            : throw ApiErrors.AlreadyExists(T.Resource.Group, T.Resource.Plural, value.Metadata.Name);

    public ValueTask<T> UpdateAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T> =>
        Get<T>(value.Metadata.Namespace,
            value.Metadata.Name)?.Metadata.ResourceVersion == value.Metadata.ResourceVersion
            ? new(Store(value))
            : throw ApiErrors.Conflict(T.Resource.Group, T.Resource.Plural, value.Metadata.Name, "it changed");

    public ValueTask<T> UpdateStatusAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T> => UpdateAsync(value, cancel);

    /// <summary>How many writes there were.</summary>
    public long Revision => _revision;

    private T Store<T>(T value)
        where T : class, IResource<T>
    {
        var revision = (++_revision).ToString(CultureInfo.InvariantCulture);
        var old = Get<T>(value.Metadata.Namespace, value.Metadata.Name);
        var metadata = value.Metadata with { ResourceVersion = revision };
        var stored = value.WithMetadata(
            metadata.Uid.Length > 0 ? metadata : metadata with { Uid = $"uid-{revision}" });
        _objects[(typeof(T), value.Metadata.Namespace, value.Metadata.Name)] = stored;
        Tell(old, stored);
        return stored;
    }

    private void Tell<T>(T? old, T? next)
    {
        foreach (var handler in _handlers.GetValueOrDefault(typeof(T), []))
        {
            ((Action<T?, T?>)handler)(old, next);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
