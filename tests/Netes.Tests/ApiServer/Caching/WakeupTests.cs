using Netes.ApiServer.Caching;

namespace Netes.Tests.ApiServer.Caching;

public class WakeupTests
{
    [Fact]
    public async Task Signal_before_the_wait_ends_it_at_once()
    {
        var wakeup = new Wakeup();
        wakeup.Signal();
        wakeup.Signal();
        var first = wakeup.WaitAsync();
        Assert.True(first.IsCompleted);
        await first;

        // Two signals were one: the next wait waits.
        Assert.False(wakeup.WaitAsync().IsCompleted);
    }

    [Fact]
    public async Task Signal_during_the_wait_ends_it_again_and_again()
    {
        var wakeup = new Wakeup();
        for (var i = 0; i < 3; i++)
        {
            var waiting = wakeup.WaitAsync();
            Assert.False(waiting.IsCompleted);
            wakeup.Signal();
            await waiting;
        }
    }

    [Fact]
    public async Task Pulse_wakes_all_who_joined_and_nobody_who_left()
    {
        var pulse = new Pulse();
        var wakeups = Enumerable.Range(0, 50).Select(_ => new Wakeup()).ToList();
        var memberships = wakeups.ConvertAll(pulse.Join);
        memberships[7].Dispose();
        var gone = wakeups[7].WaitAsync();
        var waiting = wakeups.Where((_, i) => i != 7).Select(wakeup => wakeup.WaitAsync().AsTask()).ToList();
        pulse.Signal();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(gone.IsCompleted);
    }

    [Fact]
    public async Task No_signal_is_lost_between_looking_and_waiting()
    {
        var pulse = new Pulse();
        var wakeup = new Wakeup();
        using var membership = pulse.Join(wakeup);
        var value = 0;
        const int Last = 20_000;
        var writing = Task.Run(() =>
        {
            for (var i = 1; i <= Last; i++)
            {
                Volatile.Write(ref value, i);
                pulse.Signal();
            }
        }, TestContext.Current.CancellationToken);
        while (Volatile.Read(ref value) < Last)
        {
            await wakeup.WaitAsync().AsTask()
                .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }

        await writing;
    }
}
