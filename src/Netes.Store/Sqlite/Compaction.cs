using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// How far the history goes, and what a start can leave out of it. What is live is written down anew before anything
/// later is compacted, since compaction takes rows away, and whenever a start would have to read many rows beside it.
/// On the writer's turn only.
/// </summary>
/// <param name="options">How much of the past is kept.</param>
/// <param name="index">What is there.</param>
/// <param name="ring">The newest events.</param>
/// <param name="housekeeping">Who writes it.</param>
/// <param name="known">What was live when it was last written down; null: it never was.</param>
/// <param name="time">The clock of the history's age.</param>
/// <param name="post">Makes it the writer's turn soon, unless too many wait.</param>
internal sealed class Compaction(
    SqliteStoreOptions options, RevisionIndex index, EventRing ring, Housekeeping housekeeping, LiveRevisions? known,
    TimeProvider time, Action<Action> post)
{
    private readonly HistoryMarks _marks = new(options.History, time, known?.Marks ?? []);
    private LiveRevisions? _live = known;
    private LiveRevisions? _taken;
    private bool _isTaking;
    private long _wanted;

    /// <summary>How often to call <see cref="ByAge"/>; infinite when the store never compacts by itself.</summary>
    public TimeSpan Period => _marks.Period;

    /// <summary>After a commit. What is live is looked up beside the writer, since there may be many keys.</summary>
    public void Written()
    {
        TakeOver();
        long most = Math.Max(options.RevisionsBesideLive, (_live?.Revisions.Length ?? 0) / 4);
        if (index.Current - (_live?.Revision ?? 0) > most)
        {
            TakeBeside();
        }
    }

    /// <summary>By the timer.</summary>
    public void ByAge()
    {
        TakeOver();
        long old = _marks.Advance(index.Current);
        if (old <= index.Compacted)
        {
            return;
        }

        if (old <= (_live?.Revision ?? 0))
        {
            Forget(old);
            return;
        }

        _wanted = old;
        TakeBeside();
    }

    /// <summary>Throws <see cref="RevisionInFutureException"/>.</summary>
    public void To(long revision)
    {
        if (revision > index.Current)
        {
            throw new RevisionInFutureException(revision, index.Current);
        }

        if (revision > index.Compacted)
        {
            if (revision > (_live?.Revision ?? 0))
            {
                Keep(LiveRevisions.Of(index, _marks.Marks));
            }

            Forget(revision);
        }
    }

    private void TakeBeside()
    {
        if (_isTaking)
        {
            return;
        }

        _isTaking = true;
        IReadOnlyList<HistoryMark> ages = _marks.Marks;
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            Volatile.Write(ref _taken, LiveRevisions.Of(index, ages));
            post(TakeOver);
        }, null);
    }

    /// <summary>Where the queue was full, whoever comes next does it.</summary>
    private void TakeOver()
    {
        if (Interlocked.Exchange(ref _taken, null) is not { } live)
        {
            return;
        }

        _isTaking = false;
        Keep(live);
        if (_wanted <= index.Compacted)
        {
            return;
        }

        // It was taken before that became the present.
        if (_wanted > _live!.Revision)
        {
            TakeBeside();
            return;
        }

        Forget(_wanted);
    }

    private void Keep(LiveRevisions live)
    {
        if (live.Revision > (_live?.Revision ?? 0))
        {
            _live = live;
            housekeeping.Add(live);
        }
    }

    private void Forget(long revision)
    {
        Invariant.Holds(revision <= _live!.Revision, "what is live is written down before anything later goes");
        housekeeping.Add(index.Compact(revision));
        ring.Trim(revision);
    }
}
