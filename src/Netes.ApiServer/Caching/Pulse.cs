namespace Netes.ApiServer.Caching;

/// <summary>
/// Wakes whoever waits. Take <see cref="Next"/> before looking at the state, look, and wait for it when there was
/// nothing: a signal in between is not lost. Who waits often joins with a <see cref="Wakeup"/> of his own.
/// </summary>
internal sealed class Pulse
{
    private readonly Lock _lock = new();
    private readonly List<WakeupCohort> _cohorts = [];
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
            var cohort = _cohorts.FindLast(static known => !known.IsFull);
            if (cohort is null)
            {
                cohort = new();
                _cohorts.Add(cohort);
            }

            cohort.Add(wakeup);
            return new Membership(this, cohort, wakeup);
        }
    }

    public void Signal()
    {
        Interlocked.Exchange(ref _next, null)?.SetResult();
        lock (_lock)
        {
            foreach (var cohort in _cohorts)
            {
                cohort.Queue();
            }
        }
    }

    private void Leave(WakeupCohort cohort, Wakeup wakeup)
    {
        lock (_lock)
        {
            cohort.Remove(wakeup);
            if (cohort.IsEmpty)
            {
                _cohorts.Remove(cohort);
            }
        }
    }

    private sealed class Membership(Pulse pulse, WakeupCohort cohort, Wakeup wakeup) : IDisposable
    {
        public void Dispose() => pulse.Leave(cohort, wakeup);
    }
}
