namespace Netes.Store.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, on its own connection and thread, waiting for
/// nobody. Under writes without a pause it can never copy all of it, and only then does the log start over; past a
/// bound, <see cref="NeedsWriter"/> asks the writer to wait for it and to copy the little that is left between two
/// batches.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private const long PageBytes = 4096;

    private readonly SqliteStoreOptions _options;
    private readonly Action<DatabaseException> _failed;
    private readonly Database _database;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private readonly LogSpace _space;
    private readonly Lock _copying = new();
    private long _bytes;
    private long _bytesSinceAllWasCopied;
    private volatile bool _needsWriter;
    private volatile bool _ends;

    public Checkpointer(SqliteStoreOptions options, Action<DatabaseException> failed)
    {
        _options = options;
        _failed = failed;
        _database = SqliteFile.Connect(options);
        _space = new LogSpace(options);
        _thread = new Thread(Run) { Name = "store checkpoints", IsBackground = true };
        _thread.Start();
    }

    public bool NeedsWriter => _needsWriter;

    /// <summary>By the writer, after each commit.</summary>
    public void Written(long bytes)
    {
        _space.Written(bytes);
        _bytes += bytes;
        _bytesSinceAllWasCopied += bytes;
        if (_bytesSinceAllWasCopied > _options.LogBytes)
        {
            _needsWriter = true;
        }

        if (_bytes >= _options.CheckpointBytes && !_needsWriter)
        {
            _bytes = 0;
            _wake.Set();
        }
    }

    /// <summary>By the writer, on its own connection and between two transactions.</summary>
    public void RunInWriter(Database database)
    {
        lock (_copying)
        {
            long thought = _space.Used;
            (int logged, int copied) = database.Checkpoint();

            // Where a reader still needs the log, the next batch tries again.
            _needsWriter = copied < logged;
            _bytesSinceAllWasCopied = _needsWriter ? _bytesSinceAllWasCopied : 0;
            _space.Counted(thought, _needsWriter ? logged : 0);
        }
    }

    public void Dispose()
    {
        _ends = true;
        _wake.Set();
        _thread.Join();
        _space.Dispose();
        _database.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne();
            if (_ends)
            {
                return;
            }

            try
            {
                // Both numbers are of when it began: they do not tell what the writer has added since.
                lock (_copying)
                {
                    long thought = _space.Used;
                    (int logged, _) = _database.Checkpoint();
                    _space.Counted(thought, logged);
                    if (logged * PageBytes > _options.LogBytes)
                    {
                        _needsWriter = true;
                    }
                }
            }
            catch (DatabaseException e)
            {
                _failed(e);
            }
        }
    }
}
