using Netes.Store;
using Netes.Store.Memory;

namespace Netes.Tests.Store.Memory;

public sealed class MemoryStoreTests : StoreContract
{
    protected override ValueTask<IStore> OpenAsync(HistoryOptions history) =>
        ValueTask.FromResult<IStore>(new MemoryStore(history, Time));

    [Fact]
    public async Task History_larger_than_its_bytes_goes_and_a_slow_watch_is_told()
    {
        await using var store = new MemoryStore(new HistoryOptions { RecentBytes = 10_000 }, Time);
        for (int i = 0; i < 100; i++)
        {
            await store.PutAsync("/a", new byte[1_000], null, Cancel);
        }

        await Assert.ThrowsAsync<RevisionCompactedException>(async () =>
        {
            await foreach (StoreEventBatch _ in store.WatchAsync("/", 1, Cancel))
            {
                Assert.Fail("there is a gap");
            }
        });
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.InRange(store.CompactedRevision, 90, 100);
    }
}
