using System.Text;
using Microsoft.Extensions.Logging;
using Netes.ApiServer.Aggregation;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Discovery;
using Netes.ApiServer.Health;
using Netes.ApiServer.Metrics;
using Netes.ApiServer.OpenApi;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Reviews;
using Netes.ApiServer.Routing;
using Netes.ApiServer.StorageVersions;
using Netes.ApiServer.Streaming;
using Netes.ApiServer.Subresources;
using Netes.ApiServer.Views;
using Netes.ApiServer.Watching;
using Netes.Store;

namespace Netes.ApiServer;

/// <summary>What answers requests, put together over filled caches.</summary>
internal sealed class RequestSide
{
    public RequestSide(
        ApiServerOptions options, StorageSide storage, ClusterSecurity security, Aggregator aggregator,
        StorageVersionRecords? records, TimeProvider time, ILoggerFactory logs)
    {
        var admission = new ObjectAdmission(security.Admission);
        var writers = new ObjectWriters(time);
        var create = new CreateVerb(storage.Objects, admission, writers, storage.Hooks, storage.Preparation, time);
        var updater = new Updater(storage.Objects, admission, storage.Hooks, time);
        var deleter = new Deleter(storage.Objects, admission, storage.Hooks, time);
        var lists = new ListReader(storage.Backend, storage.Freshness);
        var get = new GetVerb(storage.Freshness, writers);
        var update = new UpdateVerb(updater, create, writers);
        var patch = new PatchVerb(updater, create, writers, security.Authorizer, time);
        var verbs = new ResourceVerbs(
            get,
            new ListVerb(lists, writers),
            new WatchVerb(
                storage.Backend, storage.Freshness, writers, new WatchMetrics(options.Metrics), time),
            create,
            update,
            patch,
            new DeleteVerb(deleter, writers),
            new DeleteCollectionVerb(lists, deleter, writers));
        var kubelets = new KubeletConnector(options, storage.Views);
        var bindings = new PodBinder(storage.Objects, storage.Resources, admission, time);
        var subresources = SubresourceList.All(new()
        {
            Get = get,
            Update = update,
            Patch = patch,
            Updater = updater,
            Deleter = deleter,
            Freshness = storage.Freshness,
            Admission = admission,
            Views = storage.Views,
            Writer = storage.Writer,
            Bindings = bindings,
            Tokens = security.Tokens,
            Kubelets = kubelets,
            Proxy = new(kubelets, neighbors: null),
            Time = time,
        });
        Access = new(storage.Resources, storage.Freshness, security.Authorizer);
        var reviews = Served(options.RuntimeConfig, ReviewList.All(security, bindings));
        var resources = new ResourceRouter(storage.Resources, verbs, subresources, reviews);
        var limits = new InFlightLimits();
        ServerGauges.Add(options.Metrics, limits, storage);
        var router = new RequestRouter(resources, Paths(options, storage, reviews, aggregator, records), aggregator);
        Pipeline = new(
            security.Authenticator,
            security.Authorizer,
            limits,
            records is null ? router : new StorageVersionBarrier(router, records),
            new(new(options.Metrics, resources.IsServed, time), new(options.Metrics, time)),
            time,
            logs.CreateLogger<RequestPipeline>());
    }

    public RequestPipeline Pipeline { get; }

    public ObjectAccess Access { get; }

    private static PathRouter Paths(
        ApiServerOptions options, StorageSide storage, IReadOnlyDictionary<string, ITransientResource> reviews,
        Aggregator aggregator, StorageVersionRecords? records)
    {
        var router = new PathRouter();
        var documents = new DiscoveryDocuments(
            [.. options.RuntimeConfig.Served.Where(definition =>
                definition.Stored || reviews.ContainsKey(ReviewList.Key(definition)))]);
        _ = new DiscoveryPaths(documents, $"{options.AdvertiseAddress}:{options.Listen.Port}", router, aggregator);
        _ = new OpenApiRoutes(documents.Versions, router, aggregator.Schemas);
        MapIssuer(options, router);
        if (options.ServerCertificateChain is { } authorities)
        {
            var pem = Encoding.ASCII.GetBytes(authorities.ExportCertificatePems());
            router.Map("/cacerts", _ => Answers.Bytes(pem, "application/x-pem-file"));
        }

        router.Map("/version", static _ => Answers.Bytes(ServerVersion.Write(), Media.MediaTypes.Json));
        IReadOnlyList<HealthCheck> live =
        [
            HealthCheck.Ping,
            new("etcd", () => storage.Backend.Health is StoreHealth.Failed failed ? failed.Message : null),
            .. records is null ? Array.Empty<HealthCheck>() : [records.Check],
        ];
        var ready = new HealthCheck(
            "informer-sync", () => storage.Feed.IsReady ? null : "the caches are not loaded yet");
        HealthChecks.Map(router, "/healthz", live);
        HealthChecks.Map(router, "/livez", live);
        HealthChecks.Map(router, "/readyz", [.. live, ready]);
        MetricPaths.Map(router, options.Metrics, [.. live, ready]);
        router.Map("/", _ => Answers.Bytes(RootIndex.Write(router.Paths), Media.MediaTypes.Json));
        return router;
    }

    private static IReadOnlyDictionary<string, ITransientResource> Served(
        RuntimeConfig config, IReadOnlyDictionary<string, ITransientResource> reviews)
    {
        var hidden = Netes.Api.Resources.Known.Where(definition => !config.Serves(definition))
            .Select(ReviewList.Key).ToHashSet(StringComparer.Ordinal);
        return reviews.Where(review => !hidden.Contains(review.Key)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>What others need to verify tokens of service accounts.</summary>
    private static void MapIssuer(ApiServerOptions options, PathRouter router)
    {
        var authentication = options.Security.Authentication;
        if (authentication.ServiceAccountKeys is { } keys)
        {
            var configuration = IssuerDiscovery.WriteConfiguration(
                authentication.Issuer, $"https://{options.AdvertiseAddress}:{options.Listen.Port}");
            var document = IssuerDiscovery.WriteKeys(keys);
            router.Map(IssuerDiscovery.ConfigurationPath, _ => Answers.Bytes(configuration, Media.MediaTypes.Json));
            router.Map(IssuerDiscovery.KeysPath, _ => Answers.Bytes(document, IssuerDiscovery.KeysContentType));
        }
    }
}
