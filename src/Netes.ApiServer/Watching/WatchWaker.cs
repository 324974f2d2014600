using Netes.ApiServer.Caching;

namespace Netes.ApiServer.Watching;

/// <summary>
/// Wakes a watch when there is something new, when a time is up, or when its client has gone. One timer and one
/// registration for the watch's whole life, and nothing of that is an exception: a thousand idle watches have a
/// thousand times up each minute.
/// </summary>
internal sealed class WatchWaker : IDisposable
{
    private readonly Pulse _timeIsUp = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _registration;

    public WatchWaker(TimeProvider time, CancellationToken cancel)
    {
        _timer = time.CreateTimer(
            static waker => ((WatchWaker)waker!)._timeIsUp.Signal(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _registration = cancel.UnsafeRegister(static waker => ((WatchWaker)waker!)._gone.TrySetResult(), this);
    }

    /// <summary>Ends when <paramref name="changed"/> has, after <paramref name="limit"/>, or when cancelled.</summary>
    public Task WaitAsync(Task changed, TimeSpan limit)
    {
        if (changed.IsCompleted)
        {
            return changed;
        }

        // Taken before the timer is set: that one may be up at once.
        var timeIsUp = _timeIsUp.Next;
        _timer.Change(limit, Timeout.InfiniteTimeSpan);
        return Task.WhenAny(changed, timeIsUp, _gone.Task);
    }

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
    }
}
