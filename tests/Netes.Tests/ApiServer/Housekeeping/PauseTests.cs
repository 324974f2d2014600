using Microsoft.Extensions.Time.Testing;
using Netes.ApiServer.Housekeeping;

namespace Netes.Tests.ApiServer.Housekeeping;

public sealed class PauseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_endsThePauseAndItsTimer()
    {
        var time = new CountedTimers();
        var changed = new TaskCompletionSource();
        var pause = Pause.UntilAsync(changed.Task, TimeSpan.FromMinutes(1), time, Cancel);
        Assert.Equal(1, time.Running);
        Assert.False(pause.IsCompleted);
        changed.SetResult();
        await pause;
        Assert.Equal(0, time.Running);
    }

    [Fact]
    public async Task Time_endsThePause()
    {
        var time = new CountedTimers();
        var pause = Pause.UntilAsync(new TaskCompletionSource().Task, TimeSpan.FromMinutes(1), time, Cancel);
        time.Advance(TimeSpan.FromMinutes(1));
        await pause;
        Assert.Equal(0, time.Running);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public async Task Cancelled_thePauseIsToo(int? minutes)
    {
        using var stop = new CancellationTokenSource();
        var pause = Pause.UntilAsync(
            new TaskCompletionSource().Task, minutes is { } some ? TimeSpan.FromMinutes(some) : null,
            new CountedTimers(), stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
    }

    private sealed class CountedTimers : FakeTimeProvider
    {
        private int _running;

        public int Running => Volatile.Read(ref _running);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _running);
            return new Timer(
                base.CreateTimer(callback, state, dueTime, period), () => Interlocked.Decrement(ref _running));
        }

        private sealed class Timer(ITimer inner, Action gone) : ITimer
        {
            private Action? _gone = gone;

            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

            public void Dispose()
            {
                inner.Dispose();
                Interlocked.Exchange(ref _gone, null)?.Invoke();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
