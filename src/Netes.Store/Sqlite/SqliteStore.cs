using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// The default store: one SQLite file. What is readable now is in memory, reads touch no disk; the file is the durable
/// log of it, plus the history. An answered write has been synced.
/// </summary>
public sealed class SqliteStore : IStore
{
    private readonly RevisionIndex _index;
    private readonly EventRing _ring;
    private readonly HistoryReader _history;
    private readonly SqliteWriter _writer;
    private readonly FolderLock _lock;
    private readonly StartBehind _behind;
    private readonly ITimer _timer;
    private int _isClosed;

    private SqliteStore(
        SqliteStoreOptions options, TimeProvider time, OpenedFile file, RevisionIndex index, LiveRevisions? live)
    {
        _lock = file.Lock;
        _index = index;
        _ring = new EventRing(_index.Current, options.History.RecentBytes);
        _history = new HistoryReader(options, _index);
        _writer = new SqliteWriter(file.Database, options, _index, _ring, live, file.Lock.Doubt, time);
        _behind = new StartBehind(options, _index, _writer, live, file.WasKilled && !file.ChecksFirst);
        _timer = time.CreateTimer(_ => CompactByAge(), null, TimeSpan.Zero, _writer.CompactionPeriod);
    }

    /// <summary>
    /// Opens the store in a folder, creating it where there is none, and reads what is live; most of the history, which
    /// is needed for lists at old revisions only, is read behind.
    /// Throws <see cref="StoreInUseException"/>, <see cref="StoreCorruptException"/>,
    /// <see cref="StoreUnavailableException"/> or <see cref="IOException"/>.
    /// </summary>
    public static async Task<SqliteStore> OpenAsync(
        SqliteStoreOptions options, TimeProvider time, CancellationToken cancel)
    {
        OpenedFile file = await OnThread(() => OpenFile(options), cancel);
        try
        {
            // Where the machine went down, what it wrote last may be torn, and is looked at before anything is added;
            // where something was found wrong before, all of it is. Each reads beside the other, on two cores.
            Task check = file.ChecksFirst
                ? OnThread(() => SqliteFile.Check(options, cancel), cancel)
                : Task.CompletedTask;
            bool all = !file.Lock.WasVouchedFor;
            var load = OnThread(() => RevisionLoader.Load(file.Database, options.DatabasePath, all), cancel);
            await Task.WhenAll(check, load);
            file.Lock.Vouch();
            (RevisionIndex index, LiveRevisions? live) = await load;
            return new SqliteStore(options, time, file, index, live);
        }
        catch (Exception e)
        {
            throw Refused(e, options, file.Lock, file.Database);
        }
    }

    /// <inheritdoc/>
    public long CurrentRevision => _index.Current;

    /// <inheritdoc/>
    public long CompactedRevision => _index.Compacted;

    /// <inheritdoc/>
    public StoreHealth Health => _writer.Health;

    /// <inheritdoc/>
    public ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel)
    {
        KeyOrder.Check(key);
        return _writer.WriteAsync(new WriteRequest(StoreEventKind.Put, key, value, expectedRevision), cancel);
    }

    /// <inheritdoc/>
    public ValueTask<WriteResult> DeleteAsync(string key, long? expectedRevision, CancellationToken cancel)
    {
        KeyOrder.Check(key);
        return _writer.WriteAsync(new WriteRequest(StoreEventKind.Delete, key, default, expectedRevision), cancel);
    }

    /// <inheritdoc/>
    public ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        while (_index.Find(key) is { } version)
        {
            // Without its value it has been replaced in this very moment: there is a newer one.
            if (version.HasValue)
            {
                return ValueTask.FromResult<StoredEntry?>(Entry(key, version, version.Value));
            }
        }

        return ValueTask.FromResult<StoredEntry?>(null);
    }

    /// <inheritdoc/>
    public async ValueTask<StorePage> ListAsync(
        string prefix, long revision, string? afterKey, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (revision != 0 && revision < _behind.Begin)
        {
            await _behind.HistoryAsync(cancel);
        }

        while (true)
        {
            IndexPage page = _index.List(prefix, revision, afterKey, limit);
            if (await FillAsync(page.Entries, cancel) is { } entries)
            {
                return new StorePage(page.Revision, entries, page.Remaining);
            }

            if (revision != 0)
            {
                throw new RevisionCompactedException(revision, _index.Compacted);
            }
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoreEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancel) =>
        Watcher.RunAsync(_ring, _history.ReadEventsAsync, prefix, afterRevision, cancel);

    /// <inheritdoc/>
    public async ValueTask CompactAsync(long revision, CancellationToken cancel)
    {
        await _behind.HistoryAsync(cancel);
        await _writer.CompactAsync(revision, cancel);
    }

    /// <summary>Writes what has been taken, ends both threads and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        // The writer's connection closes last: it takes the log away, by which the next start knows that all went well.
        await _timer.DisposeAsync();
        await _behind.DisposeAsync();
        _history.Dispose();
        await Task.Factory.StartNew(
            _writer.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ring.Dispose();
        _lock.Dispose();
    }

    internal static Task<T> OnThread<T>(Func<T> work, CancellationToken cancel) => Task.Factory.StartNew(
        work, cancel, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    internal static Task OnThread(Action work, CancellationToken cancel) => Task.Factory.StartNew(
        work, cancel, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    private void CompactByAge()
    {
        // Until all of the history is there nothing of it can go.
        if (_behind.History.IsCompletedSuccessfully)
        {
            _writer.CompactByAge();
        }
    }

    private static OpenedFile OpenFile(SqliteStoreOptions options)
    {
        SqliteFile.CreateFolder(options);
        FolderLock folderLock = FolderLock.Take(options.LockPath);
        try
        {
            bool wasKilled = SqliteFile.WasKilled(options);
            bool isNew = !File.Exists(options.DatabasePath);
            Database database = OpenDatabase(options, wasKilled);
            bool checksFirst = !isNew && (wasKilled ? !folderLock.IsSameBoot : !folderLock.WasVouchedFor);
            return new OpenedFile(folderLock, database, wasKilled, checksFirst);
        }
        catch (Exception e)
        {
            throw Refused(e, options, folderLock, database: null);
        }
    }

    /// <summary>Lets go of everything; the exception to throw.</summary>
    private static Exception Refused(
        Exception cause, SqliteStoreOptions options, FolderLock folderLock, Database? database)
    {
        if (cause is StoreCorruptException or DatabaseException { IsCorrupt: true })
        {
            folderLock.Doubt();
        }

        database?.Dispose();
        folderLock.Dispose();
        return cause is DatabaseException fault ? fault.ToStoreException(options.DatabasePath) : cause;
    }

    /// <summary>On a full disk even opening needs the reserve: recovery writes the log's index.</summary>
    private static Database OpenDatabase(SqliteStoreOptions options, bool wasKilled)
    {
        try
        {
            return SqliteFile.Open(options, wasKilled);
        }
        catch (DatabaseException e) when (e.IsFull && File.Exists(options.ReservePath))
        {
            new SpaceReserve(options.ReservePath, options.ReserveBytes).Release();
            return SqliteFile.Open(options, wasKilled);
        }
    }

    private static StoredEntry Entry(string key, KeyVersion version, ReadOnlyMemory<byte> value) =>
        new(key, value, version.CreateRevision, version.ModRevision);

    /// <summary>The entries with values, from the disk where memory has only newer ones; null: compacted.</summary>
    private async ValueTask<IReadOnlyList<StoredEntry>?> FillAsync(List<IndexEntry> found, CancellationToken cancel)
    {
        var entries = new StoredEntry[found.Count];
        List<int> missing = [];
        for (int i = 0; i < entries.Length; i++)
        {
            (string key, KeyVersion version) = found[i];
            entries[i] = Entry(key, version, version.Value);
            if (!version.HasValue)
            {
                missing.Add(i);
            }
        }

        if (missing.Count == 0)
        {
            return entries;
        }

        List<ReadOnlyMemory<byte>?> values =
            await _history.ReadValuesAsync([.. missing.Select(i => entries[i].ModRevision)], cancel);
        for (int i = 0; i < missing.Count; i++)
        {
            if (values[i] is not { } value)
            {
                return null;
            }

            entries[missing[i]] = entries[missing[i]] with { Value = value };
        }

        return entries;
    }

    /// <param name="Lock">Of the folder.</param>
    /// <param name="Database">The writer's connection.</param>
    /// <param name="WasKilled">The last owner did not end by itself.</param>
    /// <param name="ChecksFirst">All pages are gone through before the start, not behind it.</param>
    private sealed record OpenedFile(FolderLock Lock, Database Database, bool WasKilled, bool ChecksFirst);
}
