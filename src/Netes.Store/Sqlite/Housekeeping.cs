using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// Taking compacted rows off the disk and giving free pages back, in steps of a few milliseconds between batches of
/// writes. These transactions are not synced: the log keeps the order, so the next write's sync covers them, and losing
/// them loses no write, only the work. Used by the writer's thread only.
/// </summary>
internal sealed class Housekeeping(
    Database database, Transaction transaction, RevisionTable table, RevisionIndex index)
{
    private const int RowsInStep = 256;
    private const int PagesInStep = 256;

    /// <summary>Fewer free pages than 4 MiB are kept for the next writes.</summary>
    private const long FewPages = 1024;

    private readonly Queue<long> _dead = new();
    private LiveRevisions? _live;
    private bool _countersWait;
    private bool _pagesWait;

    public bool HasWork => _live is not null || _countersWait || _dead.Count > 0 || _pagesWait;

    /// <summary>What is live is to be written down, before what is added later.</summary>
    public void Add(LiveRevisions live) => _live = live;

    /// <summary>After a compaction of the index: those revisions have become unreadable.</summary>
    public void Add(List<long> dead)
    {
        _countersWait = true;
        foreach (long revision in dead)
        {
            _dead.Enqueue(revision);
        }
    }

    public void Step()
    {
        database.Execute("PRAGMA synchronous = NORMAL");
        try
        {
            if (_live is not null || _countersWait || _dead.Count > 0)
            {
                RemoveRows();
            }
            else
            {
                GiveBackPages();
            }
        }
        finally
        {
            database.Execute("PRAGMA synchronous = FULL");
        }
    }

    private void RemoveRows()
    {
        int count = Math.Min(RowsInStep, _dead.Count);
        try
        {
            transaction.Run(() => RemoveRows(count));
        }
        catch (DatabaseException e) when (e.IsFull && _live is not null)
        {
            // It needs room, and what it would keep from going makes room. A start can do without it.
            _live = null;
            throw;
        }

        _live = null;
        _countersWait = false;
        _pagesWait = _dead.Count == count;
        for (; count > 0; count--)
        {
            _dead.Dequeue();
        }
    }

    private void RemoveRows(int count)
    {
        if (_countersWait)
        {
            table.WriteCounters(index.Current, index.Compacted);
        }

        foreach (long revision in _dead.Take(count))
        {
            table.Delete(revision);
        }

        // Last: into the pages that have become free.
        if (_live is not null)
        {
            table.WriteLive(_live);
        }
    }

    private void GiveBackPages()
    {
        long free = database.Scalar("PRAGMA freelist_count");
        long pages = database.Scalar("PRAGMA page_count");
        _pagesWait = free >= FewPages && free > pages / 4;
        if (_pagesWait)
        {
            database.Execute($"PRAGMA incremental_vacuum({PagesInStep})");
        }
    }
}
