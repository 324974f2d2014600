using System.Diagnostics;

namespace Netes.EndToEnd.Tools;

/// <summary>Waits for a state; what was last seen is in the failure.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    public static async Task<T> Async<T>(
        string what, Func<Task<T>> observe, Func<T, bool> isThere, TimeSpan? limit = null)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var seen = await observe();
            if (isThere(seen))
            {
                return seen;
            }

            Assert.True(started.Elapsed < (limit ?? Limit),
                $"waited {started.Elapsed} for: {what}\nlast seen:\n{seen}");
            using var pause = new PeriodicTimer(Look);
            await pause.WaitForNextTickAsync();
        }
    }
}
