using Netes.Api;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Views;

namespace Netes.ApiServer;

/// <summary>
/// Lists and watches within the process: the same rights, order and revisions as over HTTP, but the objects are those
/// of the watch cache, decoded at most once and shared. Failures are <see cref="ApiException"/>s.
/// </summary>
public sealed class ObjectSource
{
    private readonly Func<ObjectAccess?> _access;
    private readonly UserIdentity _user;

    internal ObjectSource(Func<ObjectAccess?> access, UserIdentity user) => (_access, _user) = (access, user);

    private ObjectAccess Access =>
        _access() ?? throw ApiErrors.ServiceUnavailable("the server is starting");

    /// <summary>All that was acknowledged before the call.</summary>
    public ValueTask<ObjectList<T>> ListAsync<T>(ObjectQuery query, CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T> => Access.ListAsync<T>(_user, query, cancel);

    /// <summary>
    /// The events after a revision, until the server stops. 410 when they are no longer known: list again.
    /// </summary>
    public IAsyncEnumerable<ObjectEvent<T>> WatchAsync<T>(ObjectQuery query, long after, CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T> => Access.WatchAsync<T>(_user, query, after, cancel);
}
