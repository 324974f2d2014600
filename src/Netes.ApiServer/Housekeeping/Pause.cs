namespace Netes.ApiServer.Housekeeping;

/// <summary>The rest of a loop that acts on changes, and on some things again after a while.</summary>
internal static class Pause
{
    /// <summary>Until something changes or the time is over; null: only the former counts.</summary>
    public static async Task UntilAsync(Task changed, TimeSpan? wait, TimeProvider time, CancellationToken cancel)
    {
        if (wait is not { } longest)
        {
            await changed.WaitAsync(cancel);
            return;
        }

        // A timer that is not needed any more goes: changes may come by the thousand before its time is over.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(changed, Task.Delay(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, time, over.Token));
        over.Cancel();
        cancel.ThrowIfCancellationRequested();
    }
}
