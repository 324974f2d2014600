using System.Threading.Tasks.Sources;

namespace Netes.ApiServer.Caching;

/// <summary>
/// Wakes one who waits again and again, and allocates nothing for it. A signal while nobody waits is kept: the next
/// wait ends at once. Only one may wait at a time; anyone may signal. Whoever wakes must look at what he waits for
/// anew: many signals may have become one.
/// </summary>
internal sealed class Wakeup : IValueTaskSource
{
    // The core must not be reset while a signal is still setting its result, which who waits may already see: under
    // the lock he sees it when that is done.
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private State _state;

    private enum State
    {
        Idle,
        Signalled,
        Waiting,
    }

    /// <summary>Ends with the next signal, or at once where one came since the last wait.</summary>
    public ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_state == State.Signalled)
            {
                _state = State.Idle;
                return ValueTask.CompletedTask;
            }

            _core.Reset();
            _state = State.Waiting;
            return new(this, _core.Version);
        }
    }

    /// <summary>What waits goes on, but not within this call.</summary>
    public void Signal()
    {
        lock (_lock)
        {
            if (_state == State.Waiting)
            {
                _core.SetResult(true);
            }

            _state = State.Signalled;
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        lock (_lock)
        {
            // Before whoever woke looks: a signal from now on counts for his next wait.
            _state = State.Idle;
            _core.GetResult(token);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
