using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// Builds the index from the file, and in doing so proves the file: every checksum, no missing revision above the
/// compacted one, every version on top of the one that it replaced. First what has to be there before the first
/// answer, then the past.
/// </summary>
internal static class RevisionLoader
{
    /// <summary>Rows in one reading, so that it does not hold the write-ahead log back for long.</summary>
    private const int RowsInPiece = 4096;

    /// <summary>
    /// What is live, and what came after that was written down; or everything, and null: there is no past beside it.
    /// </summary>
    public static (RevisionIndex Index, LiveRevisions? Live) Load(Database database, string path, bool all)
    {
        (long current, long compacted) = RevisionRows.Counters(database);
        LiveRevisions? live = RevisionRows.Live(database, path);
        if (live?.Revision > current)
        {
            throw new StoreCorruptException(
                $"{path}: the list of what is live is of revision {live.Revision}, the newest is {current}");
        }

        // What was compacted after it was written, without a newer one, may have taken rows of it away.
        live = all || live?.Revision < compacted ? null : live;
        long from = live?.Revision ?? 0;

        var index = new RevisionIndex(current, compacted, keepsOldValues: false);
        var keys = new Dictionary<string, KeyHistory>(StringComparer.Ordinal);
        var memory = new LoadMemory(keys);
        foreach (StoreEvent entry in RevisionRows.Read(database, path, live?.Revisions ?? [], memory))
        {
            RevisionIndex.LoadBase(keys, entry);
        }

        var line = new Line(path, compacted, Math.Max(compacted, from));
        foreach (StoreEvent change in RevisionRows.ReadAfter(database, path, from, memory))
        {
            line.Add(keys.GetValueOrDefault(change.Key), change);
            index.Load(keys, change);
        }

        line.End(current);
        index.Loaded(keys);
        return (index, live);
    }

    /// <summary>
    /// What was before that. While it is read, no row of it may go: nothing is compacted. Values are read to be
    /// verified, but for those that are live, which have been.
    /// </summary>
    public static Past LoadPast(
        SqliteStoreOptions options, long compacted, LiveRevisions live, CancellationToken cancel)
    {
        string path = options.DatabasePath;
        using Database database = SqliteFile.Connect(options);
        using Statement statement = database.Prepare(
            $"{RevisionRows.Select} WHERE rev > ? AND rev <= ? ORDER BY rev LIMIT {RowsInPiece}");
        var past = new Past();
        var memory = new PastMemory(past.Keys);
        var line = new Line(path, compacted, compacted);
        ReadOnlySpan<long> ahead = live.Revisions;
        int rows = RowsInPiece;
        for (long at = 0; rows == RowsInPiece;)
        {
            cancel.ThrowIfCancellationRequested();
            statement.Bind(1, at);
            statement.Bind(2, live.Revision);
            for (rows = 0; statement.Step(); rows++)
            {
                at = statement.Int64(0);
                bool isLive = !ahead.IsEmpty && ahead[0] == at;
                ahead = isLive ? ahead[1..] : ahead;
                StoreEvent change = isLive
                    ? RevisionRows.Head(statement, memory)
                    : RevisionRows.Verified(statement, path, memory);
                line.Add(past.Keys.GetValueOrDefault(change.Key), change);
                past.Add(change);
            }

            statement.Reset();
        }

        line.End(live.Revision);
        return past.Live.SequenceEqual(live.Revisions)
            ? past
            : throw new StoreCorruptException(
                $"{path}: what is listed as live at revision {live.Revision} is not what its history says");
    }

    /// <summary>The revisions as they come: none is missing, each follows what it says that it replaced.</summary>
    private sealed class Line(string path, long compacted, long from)
    {
        private long _expected = Math.Max(from, 1) + 1;

        public void Add(KeyHistory? history, in StoreEvent change)
        {
            // What was replaced before the compacted revision may be gone, one end of the chain before the other.
            if (change.Revision <= compacted)
            {
                return;
            }

            Check(change.Revision);
            long previous = history?.Newest is { IsDeleted: false } newest ? newest.ModRevision : 0;
            if (previous != change.PreviousModRevision)
            {
                throw new StoreCorruptException(
                    $"{path}: revision {change.Revision} of key {change.Key} replaces revision "
                    + $"{change.PreviousModRevision}, but revision {previous} is there");
            }
        }

        public void End(long last) => Check(last + 1);

        private void Check(long found)
        {
            if (found != _expected)
            {
                throw RevisionRows.Missing(path, _expected);
            }

            _expected++;
        }
    }
}
