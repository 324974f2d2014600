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
        var time = new FakeTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var store = new MemoryStore(new HistoryOptions(), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var resources = new ResourceTable([Event.Resource], 1 << 20);
        var feed = new CacheFeed(store, time, NullLogger.Instance);
        feed.Add(resources.Of(Event.Resource).Cache);
        var running = feed.RunAsync(stop.Token);
        await PutAsync(store, "old", time.GetUtcNow());
        await PutAsync(store, "new", time.GetUtcNow().AddMinutes(40));
        await feed.Ready;
        await feed.WaitForLatestAsync(stop.Token);
        var expiry = new EventExpiry(
            resources.Of(Event.Resource), new ResourceStore(store, feed), time,
            NullLogger.Instance).RunAsync(stop.Token);

        time.Advance(TimeSpan.FromMinutes(59));
        await feed.WaitForLatestAsync(stop.Token);
        Assert.Equal(2, resources.Of(Event.Resource).Cache.State.Tree.Count);
        await AdvanceUntilAsync(time, () => resources.Of(Event.Resource).Cache.State.Tree.Count == 1);
        Assert.NotNull(resources.Of(Event.Resource).Cache.State.Tree.Find("/registry/events/ns/new"));
        Assert.InRange(time.GetUtcNow().TimeOfDay, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(70));
        await AdvanceUntilAsync(time, () => resources.Of(Event.Resource).Cache.State.Tree.Count == 0);

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

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Func<bool> isReached)
    {
        for (var i = 0; i < 2000 && !isReached(); i++)
        {
            // The loop registers its next timer on another thread: give it a turn before time goes on.
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
            if (i % 20 == 19)
            {
                time.Advance(TimeSpan.FromMinutes(1));
            }
        }

        Assert.True(isReached(), $"not reached at {time.GetUtcNow()}");
    }
}
