using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Netes.Client;

namespace Netes.Tests.Client.Queues;

public sealed class ReconcileLoopTests
{
    [Fact]
    public async Task FailingKey_ComesAgainAndStopsNobody()
    {
        var time = new FakeTimeProvider();
        using var queue = new WorkQueue<string>(WorkQueueOptions.Default, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var calls = new List<string>();
        var loop = new ReconcileLoop<string>("test", queue, (key, _) =>
        {
            calls.Add(key);
            return key == "bad" && calls.Count(call => call == "bad") < 3
                ? throw new InvalidOperationException("not yet")
                : Task.FromResult(ReconcileResult.Done);
        }, 1, NullLogger.Instance);
        queue.Add("bad");
        queue.Add("good");
        var running = loop.RunAsync(stop.Token);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (calls.Count < 4 && !limit.IsCancellationRequested)
        {
            await Task.Yield();
            time.Advance(TimeSpan.FromMilliseconds(5));
        }

        await stop.CancelAsync();
        await running;
        Assert.Equal(["bad", "good", "bad", "bad"], calls);
    }

    [Fact]
    public async Task Again_ComesAfterTheTime()
    {
        var time = new FakeTimeProvider();
        using var queue = new WorkQueue<string>(WorkQueueOptions.Default, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var called = new SemaphoreSlim(0);
        var loop = new ReconcileLoop<string>("test", queue, (_, _) =>
        {
            called.Release();
            return Task.FromResult(ReconcileResult.Again(TimeSpan.FromMinutes(1)));
        }, 1, NullLogger.Instance);
        queue.Add("a");
        var running = loop.RunAsync(stop.Token);
        await called.WaitAsync(stop.Token);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, called.CurrentCount);
        while (called.CurrentCount == 0)
        {
            await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Later_WaitsLongerEachTime()
    {
        var time = new FakeTimeProvider();
        using var queue = new WorkQueue<string>(WorkQueueOptions.Default, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var called = new SemaphoreSlim(0);
        var calls = 0;
        var loop = new ReconcileLoop<string>("test", queue, (_, _) =>
        {
            called.Release();
            return Task.FromResult(++calls < 4 ? ReconcileResult.Later("not yet") : ReconcileResult.Done);
        }, 1, NullLogger.Instance);
        queue.Add("a");
        var running = loop.RunAsync(stop.Token);
        for (var i = 0; i < 4; i++)
        {
            while (!await called.WaitAsync(0, stop.Token))
            {
                await Task.Yield();
                time.Advance(TimeSpan.FromMilliseconds(1));
            }
        }

        Assert.True(time.GetUtcNow() - time.Start >= TimeSpan.FromMilliseconds(5 + 10 + 20));
        await stop.CancelAsync();
        await running;
        Assert.Equal((4, 0), (calls, queue.Failures("a")));
    }
}
