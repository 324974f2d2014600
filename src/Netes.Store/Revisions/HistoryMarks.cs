namespace Netes.Store.Revisions;

/// <summary>
/// Which revision was the current one at which time, so that history can be kept by age. A timer marks ten times in
/// the age kept; history is therefore between one and 1.2 ages long. Threading: one caller at a time.
/// </summary>
internal sealed class HistoryMarks(HistoryOptions options, TimeProvider time)
{
    private readonly Queue<(long Timestamp, long Revision)> _marks = new();
    private long _marked;

    /// <summary>How often to call <see cref="Advance"/>; infinite when the store never compacts by itself.</summary>
    public TimeSpan Period { get; } = options.Age > TimeSpan.Zero ? options.Age / 10 : Timeout.InfiniteTimeSpan;

    /// <summary>Marks the present; returns up to where history is old enough to go, 0 for nowhere.</summary>
    public long Advance(long current)
    {
        if (options.Age <= TimeSpan.Zero)
        {
            return 0;
        }

        long now = time.GetTimestamp();
        if (current > _marked)
        {
            _marks.Enqueue((now, current));
            _marked = current;
        }

        long old = 0;
        while (_marks.TryPeek(out var mark) && time.GetElapsedTime(mark.Timestamp, now) >= options.Age)
        {
            old = mark.Revision;
            if (old > current - options.Revisions)
            {
                // Kept for its number: look again when there are more revisions, or never.
                return Math.Max(current - options.Revisions, 0);
            }

            _marks.Dequeue();
        }

        return old;
    }
}
