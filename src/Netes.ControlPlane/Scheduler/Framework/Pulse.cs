namespace Netes.ControlPlane.Scheduling;

/// <summary>Wakes all who wait, each time something happens. Thread-safe.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Ends with the next change. Take it first, then look: no change is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Happened() => Interlocked.Exchange(ref _next, NewSource()).SetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
