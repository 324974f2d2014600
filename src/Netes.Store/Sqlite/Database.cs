using SQLitePCL;

namespace Netes.Store.Sqlite;

/// <summary>
/// One connection, for one thread at a time. On SQLite's C interface rather than ADO.NET, for its result codes (what is
/// a full disk, what a failed fsync) and because a row then costs no object but its own.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 _handle;

    private Database(sqlite3 handle) => _handle = handle;

    /// <summary>
    /// Up to 3.51.2, SQLite could reset the write-ahead log wrongly when two connections wrote and checkpointed at
    /// once.
    /// </summary>
    public const int MinimumVersion = 3_051_003;

    public static Database Open(string path)
    {
        Batteries_V2.Init();
        RequireVersion(raw.sqlite3_libversion_number(), raw.sqlite3_libversion().utf8_to_string());
        int code = raw.sqlite3_open_v2(
            path, out sqlite3 handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(handle);
        try
        {
            database.Check(code);
            raw.sqlite3_extended_result_codes(handle, 1);
            raw.sqlite3_busy_timeout(handle, 5_000);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a library that may damage what it keeps.</summary>
    public static void RequireVersion(int number, string name)
    {
        if (number < MinimumVersion)
        {
            throw new InvalidOperationException($"SQLite {name} can corrupt a database: 3.51.3 is needed");
        }
    }

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public void Execute(string sql)
    {
        using Statement statement = Prepare(sql);
        while (statement.Step())
        {
            // Some pragmas answer with rows; nobody asked.
        }
    }

    public long Scalar(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public string Text(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt statement));
        return new Statement(this, statement);
    }

    /// <summary>Copies what it can of the log into the database, waiting for nobody. In frames of the log.</summary>
    public (int Logged, int Copied) Checkpoint()
    {
        int code = raw.sqlite3_wal_checkpoint_v2(
            _handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out int logged, out int copied);
        if ((code & 0xff) != raw.SQLITE_BUSY)
        {
            Check(code);
        }

        return (logged, copied);
    }

    /// <summary>
    /// From now on closing does not copy the log, not even as the last connection. For all but the writer's, and for it
    /// too once the disk has failed: a sync that failed is not tried again.
    /// </summary>
    public void LeaveLogWhenClosing() =>
        Check(raw.sqlite3_db_config(_handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _));

    /// <summary>From any thread: what runs ends soon, with an error.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_handle);

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new DatabaseException(code, raw.sqlite3_errmsg(_handle).utf8_to_string() ?? "unknown error");
        }
    }

    public void Dispose() => _handle.Dispose();
}
