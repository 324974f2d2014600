using Netes.Api;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Views;

/// <summary>The watch cache as typed, shared objects, for the parts of the server itself.</summary>
internal sealed class ObjectViews(ResourceTable resources, ResourceStore store, CacheFeed feed, TimeProvider time)
    : IObjectReader
{
    /// <summary>No request waits longer for the cache.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public T? Get<T>(string namespaceName, string name)
        where T : class, IResource<T>
    {
        var resource = resources.Of(T.Resource);
        var entry = resource.Cache.State.Tree.Find(resource.Stored.KeyOf(namespaceName, name));
        return entry is null ? null : (T)resource.Record(entry);
    }

    public IReadOnlyList<T> List<T>(string namespaceName)
        where T : class, IResource<T>
    {
        var resource = resources.Of(T.Resource);
        var prefix = resource.Stored.PrefixOf(namespaceName);
        return [.. resource.Cache.State.Tree.Range(prefix, prefix).Select(entry => (T)resource.Record(entry))];
    }

    public async ValueTask<T?> GetLatestAsync<T>(string namespaceName, string name, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var resource = resources.Of(T.Resource);
        var entry = await store.GetLatestAsync(resource.Cache, resource.Stored.KeyOf(namespaceName, name), cancel);
        return entry is null ? null : (T)resource.Record(entry);
    }

    public async ValueTask CatchUpAsync(CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await feed.WaitForLatestAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The feed has ended or is far behind: the caller goes on with what is known.
            return;
        }
    }

    public IDisposable Subscribe<T>(Action<T?, T?> onChange)
        where T : class, IResource<T>
    {
        var resource = resources.Of(T.Resource);
        return resource.Cache.Subscribe(change => onChange(Record(change.Previous), Record(change.Current)));

        T? Record(CacheEntry? entry) => entry is null ? null : (T)resource.Record(entry);
    }
}
