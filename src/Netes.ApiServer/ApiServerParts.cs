using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Authorization.Rbac;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Discovery;
using Netes.ApiServer.Health;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;
using Netes.ApiServer.Views;
using Netes.ApiServer.Watching;
using Netes.Store;

namespace Netes.ApiServer;

/// <summary>Puts the parts of the server together; it is the visible list of them.</summary>
internal sealed class ApiServerParts
{
    public ApiServerParts(ApiServerOptions options, IStore store, TimeProvider time, ILoggerFactory logs)
    {
        Resources = new(Netes.Api.Resources.All, options.WatchBytesPerResource);
        Feed = new(store, time, logs.CreateLogger<CacheFeed>());
        foreach (var cache in Resources.Caches)
        {
            Feed.Add(cache);
        }

        var resourceStore = new ResourceStore(store, Feed);
        var freshness = new Freshness(Feed, time);
        var views = new ObjectViews(Resources, resourceStore);
        var hooks = new StorageHooks(new Dictionary<string, IStorageHook>());
        var admission = new ObjectAdmission(new AdmissionChain([]));
        var writers = new ObjectWriters(time);
        var create = new CreateVerb(resourceStore, admission, writers, hooks, options.Ids, time);
        var updater = new Updater(resourceStore, admission, hooks);
        var deleter = new Deleter(resourceStore, admission, hooks, time);
        var lists = new ListReader(store, freshness);
        Writer = new InternalWriter(Resources, resourceStore, create, hooks);
        var verbs = new ResourceVerbs(
            new GetVerb(freshness, writers),
            new ListVerb(lists, writers),
            new WatchVerb(store, freshness, writers, time),
            create,
            new UpdateVerb(updater, create, writers),
            new DeleteVerb(deleter, writers),
            new DeleteCollectionVerb(lists, deleter, writers));
        var resources = new ResourceRouter(
            Resources, verbs, new Dictionary<string, ISubresource>(), new Dictionary<string, ITransientResource>());
        Pipeline = new(
            new RequestAuthenticator(options.Authentication, views, time),
            options.Authorizer ?? new AuthorizerChain(new PrivilegedGroupAuthorizer(), new RbacAuthorizer(views)),
            new InFlightLimits(),
            new RequestRouter(resources, Paths(options, store)),
            time,
            logs.CreateLogger<RequestPipeline>());
    }

    public ResourceTable Resources { get; }

    public CacheFeed Feed { get; }

    public RequestPipeline Pipeline { get; }

    public InternalWriter Writer { get; }

    /// <summary>Makes the objects that a cluster begins with.</summary>
    public Task BootstrapAsync(CancellationToken cancel) => Task.CompletedTask;

    private PathRouter Paths(ApiServerOptions options, IStore store)
    {
        var router = new PathRouter();
        var documents = new DiscoveryDocuments(Netes.Api.Resources.All);
        _ = new DiscoveryPaths(documents, $"{options.AdvertiseAddress}:{options.Listen.Port}", router);
        router.Map("/version", static _ => Answers.Bytes(ServerVersion.Write(), Media.MediaTypes.Json));
        IReadOnlyList<HealthCheck> live =
        [
            HealthCheck.Ping,
            new("etcd", () => store.Health is StoreHealth.Failed failed ? failed.Message : null),
        ];
        var ready = new HealthCheck("informer-sync", () => Feed.IsReady ? null : "the caches are not loaded yet");
        HealthChecks.Map(router, "/healthz", live);
        HealthChecks.Map(router, "/livez", live);
        HealthChecks.Map(router, "/readyz", [.. live, ready]);
        return router;
    }
}
