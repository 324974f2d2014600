namespace Netes.Store.Sqlite;

/// <summary>Opening: the folder and its modes, the settings of a connection, a first look at what is there.</summary>
internal static class SqliteFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates the folder where there is none, makes its name durable, and closes it to others.</summary>
    public static void CreateFolder(SqliteStoreOptions options)
    {
        string folder = Path.GetFullPath(options.Folder);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
            if (Path.GetDirectoryName(folder) is { } parent)
            {
                FolderLock.SyncFolder(parent);
            }
        }

        File.SetUnixFileMode(folder, Owner | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// Whether the last process that had the file did not end by itself: the last connection to close removes the log.
    /// </summary>
    public static bool WasKilled(SqliteStoreOptions options) => File.Exists(options.LogPath);

    /// <summary>The writer's connection to a file that is ours.</summary>
    public static Database Open(SqliteStoreOptions options, bool wasKilled)
    {
        string path = options.DatabasePath;
        bool isNew = !File.Exists(path);
        if (isNew)
        {
            // The side files of SQLite take the mode of the database.
            File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }

        foreach (string file in (string[])[path, options.LogPath, path + "-shm"])
        {
            if (File.Exists(file))
            {
                File.SetUnixFileMode(file, Owner);
            }
        }

        FolderLock.SyncFolder(options.Folder);

        Database database = Database.Open(path);
        try
        {
            if (isNew || new FileInfo(path).Length == 0)
            {
                database.Execute("PRAGMA page_size = 4096");
                database.Execute("PRAGMA auto_vacuum = INCREMENTAL");
            }

            if (database.Text("PRAGMA journal_mode = WAL") != "wal")
            {
                throw new IOException($"{path}: the file system does not carry a write-ahead log; use a local disk");
            }

            Configure(database, options);
            RevisionTable.Prepare(database, path);
            if (wasKilled)
            {
                EmptyLog(database, path);
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A further connection, for reading or checkpoints.</summary>
    public static Database Connect(SqliteStoreOptions options)
    {
        Database database = Database.Open(options.DatabasePath);
        Configure(database, options);
        database.LeaveLogWhenClosing();
        return database;
    }

    /// <summary>Goes through all pages, on a connection of its own.</summary>
    public static void Check(SqliteStoreOptions options, CancellationToken cancel)
    {
        using Database database = Connect(options);
        using CancellationTokenRegistration stop = cancel.Register(database.Interrupt);
        cancel.ThrowIfCancellationRequested();
        try
        {
            if (database.Text("PRAGMA quick_check(1)") is var answer && answer != "ok")
            {
                throw new StoreCorruptException($"{options.DatabasePath} is damaged: {answer}");
            }
        }
        catch (DatabaseException e) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancel);
        }
    }

    private static void Configure(Database database, SqliteStoreOptions options)
    {
        database.Execute("PRAGMA synchronous = FULL");
        database.Execute("PRAGMA wal_autocheckpoint = 0");
        database.Execute($"PRAGMA journal_size_limit = {options.LogFileBytes}");
        database.Execute("PRAGMA cache_size = -4096");
        database.Execute("PRAGMA cell_size_check = ON");
        database.Execute("PRAGMA trusted_schema = OFF");
        database.Execute("PRAGMA mmap_size = 0");
        if (options.MaximumPages > 0)
        {
            database.Execute($"PRAGMA max_page_count = {options.MaximumPages}");
        }
    }

    /// <summary>
    /// After a failed sync the kernel takes for written what is not: the log may then be readable, and gone with the
    /// next power cut, and with it what is appended to it. So nothing is appended to a log that a crash has left: all
    /// of it is written anew, into the database, and synced there.
    /// </summary>
    private static void EmptyLog(Database database, string path)
    {
        try
        {
            database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (DatabaseException e) when (e.IsBusy)
        {
            throw new StoreUnavailableException($"{path} is held open by another program", isDiskFull: false, e);
        }
    }
}
