using System.Diagnostics;

namespace Netes.NodeTests;

/// <summary>Waits for a state of something that tells no event (a file, a kernel's table, a runtime's list).</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>What was seen as soon as it is as wanted; fails, with what was last seen, at the deadline.</summary>
    public static async Task<T> Async<T>(string what, Func<Task<T>> observe, Func<T, bool> isThere)
    {
        var started = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(Look);
        while (true)
        {
            var seen = await observe();
            if (isThere(seen))
            {
                return seen;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"waited {Patience} for: {what}; last: {seen}");
            await pause.WaitForNextTickAsync();
        }
    }

    /// <summary>The same for what is observed at once.</summary>
    public static Task<T> Async<T>(string what, Func<T> observe, Func<T, bool> isThere) =>
        Async(what, () => Task.FromResult(observe()), isThere);
}
