using Netes.Api.Telemetry;

namespace Netes.Host;

/// <summary>
/// Times of the store's commits, under the names that etcd gives to its own. The log's time is that of writing and
/// syncing it; the backend's is the whole transaction's. Source: etcd server/storage/{wal,backend}/metrics.go.
/// </summary>
internal sealed class CommitMetrics(MetricRegistry registry)
{
    private static readonly double[] Bounds = Buckets.Exponential(0.0001, 2, 16);

    private readonly Histogram _all = registry.Histogram(
        "etcd_disk_backend_commit_duration_seconds", "Time of the store's transactions, in seconds.", Bounds)
        .With(default);

    private readonly Histogram _commit = registry.Histogram(
        "etcd_disk_wal_fsync_duration_seconds", "Time of writing and syncing the store's log, in seconds.", Bounds)
        .With(default);

    public void Observe(TimeSpan all, TimeSpan commit)
    {
        _all.Observe(all);
        _commit.Observe(commit);
    }
}
