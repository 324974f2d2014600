using Microsoft.Extensions.Logging;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Services;
using Netes.ApiServer.Views;
using Netes.Store;

namespace Netes.ApiServer;

/// <summary>The store, the caches over it, and what reads and writes objects without asking anybody.</summary>
internal sealed class StorageSide
{
    public StorageSide(ApiServerOptions options, IStore store, TimeProvider time, ILoggerFactory logs)
    {
        Backend = store;
        Resources = new(options.RuntimeConfig.Served, Netes.Api.Resources.All, options.WatchBytesPerResource);
        Feed = new(store, time, logs.CreateLogger<CacheFeed>());
        foreach (var cache in Resources.Caches)
        {
            Feed.Add(cache);
        }

        Objects = new(store, Feed);
        Freshness = new(Feed, time);
        Views = new(Resources, Objects, Feed, time);
        Services = new(options, Views);
        Hooks = new(new Dictionary<string, IStorageHook>(StringComparer.Ordinal)
        {
            ["services"] = Services,
            ["ipaddresses.networking.k8s.io"] = Services.Foreign,
        });
        Preparation = new(options.Ids, time);
        Writer = new(Resources, Objects, Preparation, Hooks, time);
    }

    public IStore Backend { get; }

    public ResourceTable Resources { get; }

    public CacheFeed Feed { get; }

    public ResourceStore Objects { get; }

    public Freshness Freshness { get; }

    public ObjectViews Views { get; }

    public ServiceAllocation Services { get; }

    public StorageHooks Hooks { get; }

    public Preparation Preparation { get; }

    public InternalWriter Writer { get; }
}
