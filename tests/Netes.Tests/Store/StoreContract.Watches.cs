using Netes.Store;

namespace Netes.Tests.Store;

public abstract partial class StoreContract
{
    private static readonly string[] Story =
    [
        "2 Put /p/a=1 was @0 created 2",
        "3 Put /p/b=1 was @0 created 3",
        "4 Put /p/a=2 was 1@2 created 2",
        "5 Delete /p/b= was 1@3 created 3",
        "6 Put /p/b=2 was @0 created 6",
    ];

    private async Task TellStory()
    {
        await Put("/p/a", "1");
        await Put("/p/b", "1");
        await Put("/p/a", "2");
        await Delete("/p/b");
        await Put("/p/b", "2");
    }

    [Fact]
    public async Task Watch_from_the_past_tells_everything_after_that_revision()
    {
        await TellStory();
        for (int after = 1; after < 6; after++)
        {
            Assert.Equal(Story[(after - 1)..], await Watch("/p/", after, 6 - after));
        }
    }

    [Fact]
    public async Task Watch_from_the_present_tells_what_comes()
    {
        Task<List<string>> watch = Watch("/p/", 1, 5);
        await TellStory();
        Assert.Equal(Story, await watch);
    }

    [Fact]
    public async Task Watch_tells_only_what_is_under_its_prefix()
    {
        await Put("/q/a", "0");
        await TellStory();
        await Put("/pp", "0");

        List<string> seen = await Watch("/p/b", 1, 3);
        Assert.Equal(
            ["4 Put /p/b=1 was @0 created 4", "6 Delete /p/b= was 1@4 created 4", "7 Put /p/b=2 was @0 created 7"],
            seen);
    }

    [Fact]
    public async Task Watch_of_a_quiet_prefix_tells_progress()
    {
        await TellStory();
        await foreach (StoreEventBatch batch in Store.WatchAsync("/q/", 1, Cancel))
        {
            Assert.Equal((6, 0), (batch.Revision, batch.Events.Length));
            break;
        }
    }

    [Fact]
    public async Task Watch_from_a_future_revision_waits_for_it_and_tells_nothing_older()
    {
        Task<List<string>> watch = Watch("/p/", 4, 2);
        await TellStory();
        Assert.Equal(Story[3..], await watch);
    }

    [Fact]
    public async Task Watch_from_before_the_compacted_revision_is_refused_and_from_it_is_whole()
    {
        await TellStory();
        await Store.CompactAsync(5, Cancel);

        var e = await Assert.ThrowsAsync<RevisionCompactedException>(() => Watch("/p/", 4, 1));
        Assert.Equal(4, e.RequestedRevision);
        Assert.Equal(Story[4..], await Watch("/p/", 5, 1));
    }

    [Fact]
    public async Task Compaction_before_a_deletion_keeps_the_deletion_for_watches()
    {
        await TellStory();
        await Store.CompactAsync(4, Cancel);
        Assert.Equal(Story[3..], await Watch("/p/", 4, 2));
    }

    [Fact]
    public async Task Watch_ends_when_cancelled()
    {
        using var stop = new CancellationTokenSource();
        IAsyncEnumerator<StoreEventBatch> watch = Store.WatchAsync("/", 1, stop.Token).GetAsyncEnumerator(Cancel);
        Task<bool> next = watch.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Watch_ends_when_the_store_closes_and_so_do_writes()
    {
        Task<List<string>> watch = Watch("/", 1, 1);
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => watch);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Watch("/", 1, 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Put("/a", "1"));
    }

    [Fact]
    public async Task Watchers_under_writers_see_every_revision_once_in_order()
    {
        const int Writes = 2_000;
        Task<List<string>>[] watches =
        [
            .. Enumerable.Range(0, 6).Select(_ => Task.Run(() => Watch("/", 1, Writes), Cancel)),
        ];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < Writes / 8; i++)
            {
                await Put($"/{writer}/{i % 7}", $"{i}");
            }
        })));

        foreach (Task<List<string>> watch in watches)
        {
            Assert.Equal(
                Enumerable.Range(2, Writes).Select(i => $"{i}"),
                (await watch).Select(line => line[..line.IndexOf(' ')]));
        }
    }

    [Fact]
    public async Task History_older_than_its_age_goes_by_itself()
    {
        await TellStory();
        await Settle(TimeSpan.FromMinutes(4));
        Assert.Equal(0, Store.CompactedRevision);

        await Put("/p/a", "3");
        await Put("/p/a", "4");
        await Settle(TimeSpan.FromMinutes(2));

        // Revision 6 is old enough, but the four newest stay: 5 to 8.
        Assert.Equal(4, Store.CompactedRevision);
        Assert.Equal(Story[3..], (await Watch("/p/", 4, 4))[..2]);
    }

    /// <summary>Lets the store's timer run in fake time, and what it asked for be done.</summary>
    private async Task Settle(TimeSpan time)
    {
        for (TimeSpan gone = TimeSpan.Zero; gone < time; gone += TimeSpan.FromSeconds(30))
        {
            Time.Advance(TimeSpan.FromSeconds(30));
            await Store.CompactAsync(0, Cancel);
        }
    }
}
