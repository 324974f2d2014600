using System.Collections.Concurrent;
using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// Reads what memory no longer has: events that the ring dropped, and replaced values. At most two connections, each
/// read short, so that no reader holds the write-ahead log back for long.
/// </summary>
internal sealed class HistoryReader(SqliteStoreOptions options, RevisionIndex index) : IDisposable
{
    private const int MaximumEvents = 256;
    private const long MaximumBytes = 4 << 20;

    private readonly SemaphoreSlim _gate = new(2);
    private readonly ConcurrentBag<Database> _idle = [];
    private volatile bool _isClosed;

    public async ValueTask<StoreEventBatch> ReadEventsAsync(long afterRevision, CancellationToken cancel)
    {
        List<StoreEvent> events = await WithDatabaseAsync(
            database => ReadEvents(database, afterRevision, index.Current), cancel);

        // Asked after reading: compaction moves the index first, and takes rows away later.
        if (afterRevision < index.Compacted)
        {
            throw new RevisionCompactedException(afterRevision, index.Compacted);
        }

        Invariant.Holds(events.Count > 0, "what the ring dropped is on the disk");
        return new StoreEventBatch(events[^1].Revision, events.ToArray());
    }

    /// <summary>The value of a version that is only on disk; null when compaction took it.</summary>
    public ValueTask<List<ReadOnlyMemory<byte>?>> ReadValuesAsync(
        IReadOnlyList<long> revisions, CancellationToken cancel) =>
        WithDatabaseAsync(database => ReadValues(database, revisions), cancel);

    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryTake(out Database? database))
        {
            database.Dispose();
        }
    }

    private async ValueTask<T> WithDatabaseAsync<T>(Func<Database, T> read, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            Database? database = null;
            try
            {
                database = _idle.TryTake(out Database? idle) ? idle : SqliteFile.Connect(options);
                return read(database);
            }
            catch (DatabaseException e)
            {
                throw e.ToStoreException(options.DatabasePath);
            }
            finally
            {
                if (database is not null)
                {
                    _idle.Add(database);
                }

                if (_isClosed)
                {
                    Dispose();
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private List<StoreEvent> ReadEvents(Database database, long afterRevision, long lastRevision)
    {
        using Statement statement = database.Prepare(
            $"{RevisionRows.Select} WHERE rev > ? AND rev <= ? ORDER BY rev");
        statement.Bind(1, afterRevision);
        statement.Bind(2, lastRevision);
        List<StoreEvent> events = [];
        long bytes = 0;
        while (events.Count < MaximumEvents && bytes < MaximumBytes && statement.Step())
        {
            StoreEvent change = RevisionRows.Verified(statement, options.DatabasePath);
            bytes += change.Value.Length;
            events.Add(change);
        }

        // The replaced row is there as well: it was readable at the revision after which we read.
        List<ReadOnlyMemory<byte>?> previous = ReadValues(database, [.. events.Select(e => e.PreviousModRevision)]);
        return [.. events.Zip(previous, (change, value) => change with { PreviousValue = value ?? default })];
    }

    private List<ReadOnlyMemory<byte>?> ReadValues(Database database, IReadOnlyList<long> revisions)
    {
        using Statement statement = database.Prepare($"{RevisionRows.Select} WHERE rev = ?");
        List<ReadOnlyMemory<byte>?> values = new(revisions.Count);
        foreach (long revision in revisions)
        {
            statement.Bind(1, revision);
            values.Add(statement.Step() ? RevisionRows.Verified(statement, options.DatabasePath).Value : null);
            statement.Reset();
        }

        return values;
    }
}
