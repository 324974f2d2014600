using Netes.Api;

namespace Netes.Client;

/// <summary>
/// Where informers list and watch: a server over the wire (<see cref="KubernetesClient"/>), or the watch cache of a
/// server in the same process, whose objects are then shared instead of decoded once more.
/// </summary>
public interface IObjectSource
{
    /// <summary>One page, or all when the parameters set no limit.</summary>
    Task<ResourceList<T>> ListAsync<T>(
        ResourceDefinition resource, string ns, ListParameters? parameters, CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T>;

    /// <summary>The events until the server ends the watch; 410 is thrown as an expired ApiException.</summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceDefinition resource, string ns, WatchParameters parameters, CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T>;
}
