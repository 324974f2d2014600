namespace Netes.Store;

/// <summary>How much of the past a store keeps for lists at exact revisions and for watches that resume.</summary>
public sealed record HistoryOptions
{
    /// <summary>
    /// Every version replaced within this time can be read. Default five minutes, as Kubernetes compacts etcd.
    /// Zero or less: the store never compacts by itself.
    /// </summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>At least this many newest revisions are kept, however old they are. Default 1,000.</summary>
    public long Revisions { get; init; } = 1_000;

    /// <summary>
    /// Events held in memory for watchers, in bytes of keys and values. Default 16 MiB. A slower watcher reads on
    /// from the history.
    /// </summary>
    public long RecentBytes { get; init; } = 16 << 20;
}
