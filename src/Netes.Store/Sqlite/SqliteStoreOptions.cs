namespace Netes.Store.Sqlite;

/// <summary>Where a <see cref="SqliteStore"/> is, and its limits.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>
    /// The folder of the database and its side files, on a local disk. Created with mode 0700 when missing; files get
    /// 0600. Required.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>How much of the past is kept.</summary>
    public HistoryOptions History { get; init; } = new();

    /// <summary>
    /// Bytes set aside on the disk, given up when it is full, so that deleting and compacting still work then.
    /// Default 8 MiB; 0 sets nothing aside.
    /// </summary>
    public long ReserveBytes { get; init; } = 8 << 20;

    /// <summary>
    /// The write-ahead log is copied into the database after this many bytes, by a second thread. Default 4 MiB. At
    /// eight times this the writer does it itself before going on, so the log has a bound.
    /// </summary>
    public long CheckpointBytes { get; init; } = 4 << 20;

    /// <summary>
    /// A start reads what is live, and about this many of the newest revisions beside it, or a quarter of the live ones
    /// where that is more; what else there is of history it reads behind the first answers. Default 16,384.
    /// </summary>
    public long RevisionsBesideLive { get; init; } = 16 << 10;

    /// <summary>
    /// That history is read when this has ended, or when somebody asks for it; until then nothing is compacted. A
    /// server's own start wants the processor first. By default at once.
    /// </summary>
    public Task HistoryAfter { get; init; } = Task.CompletedTask;

    /// <summary>The largest database in pages of 4 KiB; 0, the default, leaves the limit to the disk.</summary>
    public int MaximumPages { get; init; }

    /// <summary>
    /// Told of each transaction of writes: how long all of it took, and its commit, which writes the log and syncs it.
    /// Must be quick.
    /// </summary>
    public Action<TimeSpan, TimeSpan>? Committed { get; init; }

    internal string DatabasePath => Path.Combine(Folder, "state.db");

    /// <summary>The write-ahead log, which SQLite names.</summary>
    internal string LogPath => DatabasePath + "-wal";

    /// <summary>With this much in the log, in bytes, the writer copies it itself.</summary>
    internal long LogBytes => CheckpointBytes * 8;

    /// <summary>The log is not kept longer than this: what is written until the writer gets to it has room.</summary>
    internal long LogFileBytes => CheckpointBytes * 10;

    internal string LockPath => Path.Combine(Folder, "lock");

    internal string ReservePath => Path.Combine(Folder, "reserve");
}
