using System.Threading.Channels;
using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// The only one that changes anything, on a thread of its own because SQLite blocks (or on the thread of whoever writes
/// while nobody else does):
/// 1. take all waiting writes, up to a limit (what came during the last sync: the batch grows with the load);
/// 2. decide them one after the other against the index and each other;
/// 3. put them into one transaction and sync it;
/// 4. then move the index, publish the events, and answer everyone.
/// A batch that fails leaves no trace in memory, and nobody was told anything.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int QueueLimit = 4096;
    private const int BatchLimit = 512;
    private const long BatchBytes = 8 << 20;

    /// <summary>About what a commit adds to the log beside the values: a few pages of the tree.</summary>
    private const long CommitBytes = 12 << 10;

    /// <summary>Who writes one thing and then another is not as quick as this; who starts many at once is.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromMicroseconds(100);

    private readonly Channel<QueuedItem> _queue = Channel.CreateBounded<QueuedItem>(
        new BoundedChannelOptions(QueueLimit) { SingleReader = true });
    private readonly ManualResetEventSlim _wake = new();

    /// <summary>Held by whoever uses the database and what is staged below.</summary>
    private readonly Lock _turn = new();
    private readonly Thread _thread;
    private readonly Database _database;
    private readonly Transaction _transaction;
    private readonly RevisionTable _table;
    private readonly RevisionIndex _index;
    private readonly EventRing _ring;
    private readonly Compaction _compaction;
    private readonly DiskRoom _room;
    private readonly Housekeeping _housekeeping;
    private readonly Checkpointer _checkpointer;
    private readonly List<QueuedWrite> _writes = [];
    private QueuedItem? _held;
    private readonly TimeProvider _time;
    private readonly Action<TimeSpan, TimeSpan>? _committed;
    private long _wroteAloneAt;
    private volatile bool _isCrowded;
    private bool _housekeepingWaits;
    private readonly WriterHealth _health;

    public SqliteWriter(Database database, SqliteStoreOptions options, RevisionIndex index, EventRing ring,
        LiveRevisions? live, Action failed, TimeProvider time)
    {
        _health = new WriterHealth(failed);
        (_database, _time, _committed, _index, _ring) = (database, time, options.Committed, index, ring);
        (_transaction, _table) = (new Transaction(database, time), new RevisionTable(database));
        var reserve = new SpaceReserve(options.ReservePath, options.ReserveBytes);
        reserve.TryTake();
        _room = new DiskRoom(reserve, time);
        _housekeeping = new Housekeeping(database, _transaction, _table, index);
        _compaction = new Compaction(options, index, ring, _housekeeping, live, time, Post);
        _checkpointer = new Checkpointer(options, OnCheckpointFailed);
        _thread = new Thread(Run) { Name = "store writer", IsBackground = true };
        _thread.Start();
    }

    public StoreHealth Health => _health.Now;

    public TimeSpan CompactionPeriod => _compaction.Period;

    private bool KeepsHouse => _housekeeping.HasWork && !_housekeepingWaits && Health is not StoreHealth.Failed;

    public async ValueTask<WriteResult> WriteAsync(WriteRequest request, CancellationToken cancel)
    {
        var write = new QueuedWrite(request, cancel);
        if (!TryWriteAlone(write))
        {
            await EnqueueAsync(write, cancel);
        }

        return await write.Done.WaitAsync(cancel);
    }

    public ValueTask CompactAsync(long revision, CancellationToken cancel) =>
        TurnAsync(() => _compaction.To(revision), cancel);

    /// <summary>By the timer. When the queue is full, the next call is soon enough.</summary>
    public void CompactByAge() => Post(_compaction.ByAge);

    /// <summary>Does it between two batches of writes. It must be short, and throws only what ends the store.</summary>
    public async ValueTask TurnAsync(Action work, CancellationToken cancel)
    {
        var turn = new QueuedTurn(work);
        await EnqueueAsync(turn, cancel);
        await turn.Done.WaitAsync(cancel);
    }

    /// <summary>What is on the disk is not what was written: nothing is added to it.</summary>
    public void Fail(Exception cause) => _health.Fail(cause);

    /// <summary>Writes what is in the queue and ends; nothing is taken from now on.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _wake.Set();
        _thread.Join();
        lock (_turn)
        {
            _checkpointer.Dispose();
            if (Health is StoreHealth.Failed)
            {
                _database.LeaveLogWhenClosing();
            }

            _table.Dispose();
            _transaction.Dispose();
            _database.Dispose();
        }
    }

    private void Post(Action work)
    {
        _queue.Writer.TryWrite(new QueuedTurn(work));
        _wake.Set();
    }

    private async ValueTask EnqueueAsync(QueuedItem item, CancellationToken cancel)
    {
        try
        {
            await _queue.Writer.WriteAsync(item, cancel);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("the store is closed", isDiskFull: false, e);
        }

        _wake.Set();
    }

    /// <summary>
    /// Who comes alone writes on his own thread: two switches of threads less, which cost as much as the sync. Where
    /// the last batch had several, or one comes right after another, the writer's thread collects those who are near.
    /// </summary>
    private bool TryWriteAlone(QueuedWrite write)
    {
        if (_isCrowded || _time.GetElapsedTime(Volatile.Read(ref _wroteAloneAt)) < Burst || !_turn.TryEnter())
        {
            return false;
        }

        try
        {
            // What takes long is for the thread; and a closed queue means that the database is about to be.
            if (_held is not null || KeepsHouse || _checkpointer.NeedsWriter || _queue.Reader.TryPeek(out _)
                || _queue.Reader.Completion.IsCompleted)
            {
                return false;
            }

            _writes.Clear();
            _writes.Add(write);
            Guarded(write);
            Volatile.Write(ref _wroteAloneAt, _time.GetTimestamp());
            return true;
        }
        finally
        {
            _turn.Exit();
        }
    }

    private bool TryStep()
    {
        lock (_turn)
        {
            QueuedItem? item = TakeBatch();
            if (item is null && !KeepsHouse)
            {
                return false;
            }

            _isCrowded = _writes.Count > 1;
            Guarded(item);
            return true;
        }
    }

    private void Run()
    {
        while (true)
        {
            if (TryStep())
            {
                continue;
            }

            // Reset before looking once more: whoever enqueues after the look sets it again.
            _wake.Reset();
            if (_queue.Reader.Completion.IsCompleted)
            {
                return;
            }

            if (!_queue.Reader.TryPeek(out _))
            {
                _wake.Wait();
            }
        }
    }

    /// <summary>Fills <see cref="_writes"/>, or returns what else comes first; null when nothing waits.</summary>
    private QueuedItem? TakeBatch()
    {
        _writes.Clear();
        long bytes = 0;
        while (_writes.Count < BatchLimit && bytes < BatchBytes)
        {
            QueuedItem? item = _held;
            _held = null;
            if (item is null && !_queue.Reader.TryRead(out item))
            {
                break;
            }

            if (item is not QueuedWrite write)
            {
                if (_writes.Count == 0)
                {
                    return item;
                }

                _held = item;
                break;
            }

            _writes.Add(write);
            bytes += write.Request.Value.Length;
        }

        return _writes.Count > 0 ? _writes[0] : null;
    }

    private void Guarded(QueuedItem? item)
    {
        try
        {
            if (item is QueuedTurn turn)
            {
                _housekeepingWaits = false;
                turn.Run();
            }
            else if (item is QueuedWrite)
            {
                Write();
            }

            if (KeepsHouse)
            {
                _housekeeping.Step();
                _checkpointer.Written(CommitBytes);
            }

            if (_checkpointer.NeedsWriter)
            {
                _checkpointer.RunInWriter(_database);
            }
        }
        catch (DatabaseException e) when (e.IsFull || e.IsBusy)
        {
            // A full disk was housekeeping's, which goes on after the next write that finds room. Busy was either's:
            // somebody looks into the file with a tool of his own.
            _housekeepingWaits = true;
            RefuseAll(_writes);
        }
        catch (Exception e)
        {
            _health.Fail(e);
            RefuseAll(_writes);
            item?.Refuse(_health.Refusal());
        }
    }

    private void Write()
    {
        _writes.RemoveAll(CancelledOrRefused);
        if (TryCommit(_writes))
        {
            return;
        }

        RefuseAll(_writes.Where(write => !write.IsDelete));
        _writes.RemoveAll(write => !write.IsDelete);
        if (!TryCommit(_writes))
        {
            RefuseAll(_writes);
        }
    }

    private bool CancelledOrRefused(QueuedWrite write)
    {
        if (write.IsCancelled)
        {
            write.Cancel();
            return true;
        }

        if (Health is StoreHealth.Healthy || (Health is StoreHealth.DiskFull && (write.IsDelete || _room.TakesPuts())))
        {
            return false;
        }

        write.Refuse(_health.Refusal());
        return true;
    }

    /// <summary>False: the disk has no room for it, nothing happened and nobody has an answer.</summary>
    private bool TryCommit(List<QueuedWrite> writes)
    {
        var batch = new WriteBatch(_index);
        var results = new WriteResult[writes.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = batch.Stage(writes[i].Request);
        }

        if (batch.Events.Length > 0 && !TryStore(batch))
        {
            return false;
        }

        for (int i = 0; i < results.Length; i++)
        {
            writes[i].Answer(results[i]);
        }

        return true;
    }

    private bool TryStore(WriteBatch batch)
    {
        long bytes = CommitBytes;
        try
        {
            (TimeSpan all, TimeSpan commit) = _transaction.Run(() =>
            {
                foreach (ref readonly StoreEvent change in batch.Events)
                {
                    _table.Insert(change);
                    bytes += change.Value.Length + change.Key.Length;
                }
            });
            _committed?.Invoke(all, commit);
        }
        catch (DatabaseException e) when (e.IsFull)
        {
            _room.Filled();
            _health.Become(new StoreHealth.DiskFull($"no room on the disk of the store: {e.Message}"));
            return false;
        }

        _index.Apply(batch.Events);
        _ring.Publish(batch.ToEventBatch());
        _checkpointer.Written(bytes);
        _compaction.Written();
        _housekeepingWaits = false;
        if (Health is StoreHealth.DiskFull && _room.TakesPuts())
        {
            _health.Become(new StoreHealth.Healthy());
        }

        return true;
    }

    private void OnCheckpointFailed(DatabaseException cause)
    {
        // Without room for it the log grows until there is, and the writer notices by itself.
        if (!cause.IsFull && !cause.IsBusy)
        {
            _health.Fail(cause);
        }
    }

    private void RefuseAll(IEnumerable<QueuedWrite> writes)
    {
        foreach (QueuedWrite write in writes.Where(write => !write.Done.IsCompleted))
        {
            write.Refuse(_health.Refusal());
        }
    }
}
