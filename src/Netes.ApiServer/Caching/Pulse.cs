namespace Netes.ApiServer.Caching;

/// <summary>
/// Wakes whoever waits. Take <see cref="Next"/> before looking at the state, look, and wait for it when there was
/// nothing: a signal in between is not lost. Who waits often joins with a <see cref="Wakeup"/> of his own.
/// </summary>
internal sealed class Pulse
{
    private readonly Lock _lock = new();
    private readonly HashSet<Wakeup> _joined = [];
    private TaskCompletionSource? _next;

    /// <summary>Ends with the next signal.</summary>
    public Task Next
    {
        get
        {
            var current = Volatile.Read(ref _next);
            if (current is not null)
            {
                return current.Task;
            }

            var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _next, created, null) ?? created).Task;
        }
    }

    /// <summary>Passes every signal from now on to it, until the result is disposed.</summary>
    public IDisposable Join(Wakeup wakeup)
    {
        lock (_lock)
        {
            _joined.Add(wakeup);
        }

        return new Membership(this, wakeup);
    }

    public void Signal()
    {
        Interlocked.Exchange(ref _next, null)?.SetResult();
        lock (_lock)
        {
            foreach (var wakeup in _joined)
            {
                wakeup.Signal();
            }
        }
    }

    private void Leave(Wakeup wakeup)
    {
        lock (_lock)
        {
            _joined.Remove(wakeup);
        }
    }

    private sealed class Membership(Pulse pulse, Wakeup wakeup) : IDisposable
    {
        public void Dispose() => pulse.Leave(wakeup);
    }
}
