namespace Netes.Store.Revisions;

/// <summary>
/// Which revision was the current one at which time, so that history can be kept by age. A timer marks ten times in
/// the age kept; history is therefore between one and 1.2 ages long. Threading: one caller at a time.
/// </summary>
internal sealed class HistoryMarks
{
    private readonly HistoryOptions _options;
    private readonly TimeProvider _time;
    private readonly Queue<(long Timestamp, long Revision)> _marks = new();
    private long _marked;

    /// <param name="options">How long history is kept.</param>
    /// <param name="time">Its monotonic clock: ages do not depend on what time of day it is.</param>
    /// <param name="earlier">The marks of an earlier process, ascending: they grow older from here on.</param>
    public HistoryMarks(HistoryOptions options, TimeProvider time, IReadOnlyList<HistoryMark> earlier)
    {
        (_options, _time) = (options, time);
        long now = time.GetTimestamp();
        foreach (HistoryMark mark in earlier)
        {
            _marks.Enqueue((now - (mark.AgeMilliseconds * time.TimestampFrequency / 1000), mark.Revision));
            _marked = mark.Revision;
        }
    }

    /// <summary>What has been marked and is not old, ascending.</summary>
    public IReadOnlyList<HistoryMark> Marks => [.. _marks.Select(mark => new HistoryMark(
        mark.Revision, (long)_time.GetElapsedTime(mark.Timestamp).TotalMilliseconds))];

    /// <summary>How often to call <see cref="Advance"/>; infinite when the store never compacts by itself.</summary>
    public TimeSpan Period => _options.Age > TimeSpan.Zero ? _options.Age / 10 : Timeout.InfiniteTimeSpan;

    /// <summary>Marks the present; returns up to where history is old enough to go, 0 for nowhere.</summary>
    public long Advance(long current)
    {
        if (_options.Age <= TimeSpan.Zero)
        {
            return 0;
        }

        long now = _time.GetTimestamp();
        if (current > _marked)
        {
            _marks.Enqueue((now, current));
            _marked = current;
        }

        long old = 0;
        while (_marks.TryPeek(out var mark) && _time.GetElapsedTime(mark.Timestamp, now) >= _options.Age)
        {
            old = mark.Revision;
            if (old > current - _options.Revisions)
            {
                // Kept for its number: look again when there are more revisions, or never.
                return Math.Max(current - _options.Revisions, 0);
            }

            _marks.Dequeue();
        }

        return old;
    }
}

/// <summary>A revision, and for how long of running time it has been that of the past or the present.</summary>
internal readonly record struct HistoryMark(long Revision, long AgeMilliseconds);
