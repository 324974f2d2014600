using Netes.Api;

namespace Netes.ApiServer;

/// <summary>
/// What security may see of the cluster's objects: views of the watch cache. Objects are shared: never change them.
/// Every member may be called from any thread.
/// </summary>
public interface IObjectReader
{
    /// <summary>
    /// The cached object, or null. <paramref name="namespaceName"/> is empty for cluster-scoped kinds.
    /// </summary>
    T? Get<T>(string namespaceName, string name)
        where T : class, IResource<T>;

    /// <summary>The cached objects of a namespace; of all namespaces when the name is empty.</summary>
    IReadOnlyList<T> List<T>(string namespaceName)
        where T : class, IResource<T>;

    /// <summary>The object as the store has it now (linearizable), or null.</summary>
    ValueTask<T?> GetLatestAsync<T>(string namespaceName, string name, CancellationToken cancel)
        where T : class, IResource<T>;

    /// <summary>
    /// Ends when the cache and its subscribers know all that was written before the call, after three seconds at most.
    /// </summary>
    ValueTask CatchUpAsync(CancellationToken cancel);

    /// <summary>
    /// Calls <paramref name="onChange"/> (old, new) for what is there (null, object) before it returns, then for each
    /// change in order, one at a time, from the cache's writer: it must be quick and must not throw.
    /// </summary>
    IDisposable Subscribe<T>(Action<T?, T?> onChange)
        where T : class, IResource<T>;
}

/// <summary>
/// Writes that the API server makes in its own name (bootstrap roles, quota usage): no authorization, no admission, but
/// defaulting, validation and the precondition of metadata.resourceVersion hold. Failures are <see
/// cref="ApiException"/>s.
/// </summary>
public interface IObjectWriter
{
    ValueTask<T> CreateAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T>;

    ValueTask<T> UpdateAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T>;

    ValueTask<T> UpdateStatusAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T>;
}
