using Netes.Api.Telemetry;
using Netes.ApiServer.Discovery;

namespace Netes.ApiServer.Metrics;

/// <summary>What is read from the server's parts when somebody asks.</summary>
internal static class ServerGauges
{
    public static void Add(MetricRegistry registry, InFlightLimits limits, StorageSide storage)
    {
        registry.Read(
            "apiserver_current_inflight_requests", "[STABLE] Requests that are being answered, watches left out.",
            () => [(new("readOnly"), limits.Reads), (new("mutating"), limits.Writes)], "request_kind");
        registry.Read(
            "apiserver_storage_objects", "[STABLE] Objects that are stored, by resource.",
            () => storage.Resources.Caches.Select(static cache =>
                (new LabelValues(cache.Strategy.Definition.QualifiedName), (double)cache.State.Tree.Count)),
            "resource");
        registry.Read(
            "apiserver_watch_cache_resource_version", "[ALPHA] How far the watch cache is.",
            () => [(default, storage.Feed.AppliedRevision)]);
        registry.Read(
            "kubernetes_build_info", "[ALPHA] Always 1; the labels tell the version.",
            static () => [(new("1", "36", ServerVersion.Git), 1)], "major", "minor", "git_version");
        ProcessMetrics.Add(registry);
    }
}
