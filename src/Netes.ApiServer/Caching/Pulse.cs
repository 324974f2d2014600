namespace Netes.ApiServer.Caching;

/// <summary>
/// Wakes whoever waits. Take <see cref="Next"/> before looking at the state, look, and wait for it when there was
/// nothing: a signal in between is not lost.
/// </summary>
internal sealed class Pulse
{
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

    public void Signal() => Interlocked.Exchange(ref _next, null)?.SetResult();
}
