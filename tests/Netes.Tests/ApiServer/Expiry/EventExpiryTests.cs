using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Expiry;
using Netes.ApiServer.Registry;
using Netes.Store;
using Netes.Store.Memory;

namespace Netes.Tests.ApiServer.Expiry;

/// <summary>Goal: an event ends an hour after its last occurrence, and not before.</summary>
public sealed class EventExpiryTests
{
    [Fact]
    public async Task Event_goes_an_hour_after_it_was_last_seen()
    {
        var clock = new ExpiryClock();
        await using var store = new MemoryStore(new HistoryOptions(), TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var resources = new ResourceTable([Event.Resource], 1 << 20);
        var events = resources.Of(Event.Resource).Cache;
        var feed = new CacheFeed(store, TimeProvider.System, NullLogger.Instance);
        feed.Add(events);
        var running = feed.RunAsync(stop.Token);
        await PutAsync(store, "old", clock.GetUtcNow());
        await PutAsync(store, "new", clock.GetUtcNow().AddMinutes(40));
        await feed.Ready;
        await feed.WaitForLatestAsync(stop.Token);
        var expiry = new EventExpiry(
            resources.Of(Event.Resource), new ResourceStore(store, feed), clock, NullLogger.Instance)
            .RunAsync(stop.Token);

        await clock.NextWaitAsync();
        clock.Advance(TimeSpan.FromMinutes(59));
        await feed.WaitForLatestAsync(stop.Token);
        Assert.Equal(2, events.State.Tree.Count);
        clock.Advance(TimeSpan.FromMinutes(2));
        await CountAsync(events, 1);
        Assert.NotNull(events.State.Tree.Find("/registry/events/ns/new"));
        await clock.NextWaitAsync();
        clock.Advance(TimeSpan.FromMinutes(40));
        await CountAsync(events, 0);

        await stop.CancelAsync();
        await Task.WhenAll(running, expiry);
    }

    private static async Task PutAsync(MemoryStore store, string name, DateTimeOffset seen)
    {
        var value = new Event
        {
            Metadata = new() { Name = name, Namespace = "ns", Uid = name },
            LastTimestamp = Timestamp.From(seen),
        };
        await store.PutAsync(
            $"/registry/events/ns/{name}", JsonCodec.Encode(value), 0, TestContext.Current.CancellationToken);
    }

    private static async Task CountAsync(ResourceCache events, int count)
    {
        for (var changed = events.Changed.Next; events.State.Tree.Count != count; changed = events.Changed.Next)
        {
            await changed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A clock that tells when somebody waits for it: before that, to advance it would be lost.</summary>
    private sealed class ExpiryClock() : FakeTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
        private readonly SemaphoreSlim _waits = new(0);

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Release();
            return timer;
        }

        public async Task NextWaitAsync() =>
            Assert.True(await _waits.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
    }
}
