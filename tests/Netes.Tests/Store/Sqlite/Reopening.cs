using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Tests.Store.Sqlite;

/// <summary>What is on the disk is what was acknowledged: closed and opened again, killed, and looked at.</summary>
public sealed class Reopening : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SqliteStoreOptions Options => new() { Folder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reopened_store_has_the_entries_the_history_and_the_counter()
    {
        await using (SqliteStore store = await Open())
        {
            await Put(store, "/a", "1");
            await Put(store, "/b", "1");
            await Put(store, "/a", "2");
            await store.DeleteAsync("/b", null, Cancel);
        }

        await using SqliteStore again = await Open();
        Assert.Equal((5, 0), (again.CurrentRevision, again.CompactedRevision));
        Assert.Equal("/a=2@4", await List(again, 0));
        Assert.Equal("/a=1@2 /b=1@3", await List(again, 3));
        Assert.Equal(["2 Put /a", "3 Put /b", "4 Put /a", "5 Delete /b"], await Watch(again, 1, 4));
        Assert.Equal(6, await Put(again, "/b", "2", expected: 0));
    }

    [Fact]
    public async Task Counter_does_not_fall_when_the_newest_deletion_is_compacted_away()
    {
        await using (SqliteStore store = await Open())
        {
            await Put(store, "/a", "1");
            await store.DeleteAsync("/a", null, Cancel);
            await store.CompactAsync(3, Cancel);
        }

        Assert.Equal(0, _folder.Query("SELECT count(*) FROM revision"));
        await using SqliteStore again = await Open();
        Assert.Equal((3, 3), (again.CurrentRevision, again.CompactedRevision));
        Assert.Equal(4, await Put(again, "/a", "2", expected: 0));
        await Assert.ThrowsAsync<RevisionCompactedException>(() => Watch(again, 2, 1));
        Assert.Equal(["4 Put /a"], await Watch(again, 3, 1));
    }

    [Fact]
    public async Task Compaction_leaves_only_the_rows_that_can_be_read()
    {
        await using (SqliteStore store = await Open())
        {
            for (int i = 0; i < 1_000; i++)
            {
                await Put(store, $"/{i % 10}", $"{i}");
            }

            await store.CompactAsync(901, Cancel);
        }

        // Ten keys as they were at 901, and the hundred writes after.
        Assert.Equal(110, _folder.Query("SELECT count(*) FROM revision"));
        await using SqliteStore again = await Open();
        Assert.Equal(100, (await Watch(again, 901, 100)).Count);
        Assert.Equal(10, (await again.ListAsync("/", 901, null, 0, Cancel)).Entries.Count);
    }

    [Fact]
    public async Task Compaction_cut_short_goes_on_after_reopening()
    {
        await using (SqliteStore store = await Open())
        {
            await Put(store, "/a", "1");
            await Put(store, "/a", "2");
            await store.DeleteAsync("/a", null, Cancel);
            await Put(store, "/b", "1");
        }

        // As after a crash between the counters and the rows, and with one end of the chain gone.
        _folder.Query("UPDATE counter SET revision = 5, compacted = 4; DELETE FROM revision WHERE rev = 2; SELECT 0");
        await using (SqliteStore again = await Open())
        {
            Assert.Equal("/b=1@5", await List(again, 0));
            await again.CompactAsync(5, Cancel);
        }

        Assert.Equal(1, _folder.Query("SELECT count(*) FROM revision"));
    }

    [Fact]
    public async Task File_shrinks_when_most_of_it_has_been_compacted()
    {
        await using SqliteStore store = await Open();
        var value = new byte[16 << 10];
        for (int i = 0; i < 100; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(
                key => store.PutAsync($"/{key}", value, null, Cancel).AsTask()));
        }

        await store.CompactAsync(store.CurrentRevision, Cancel);
        await Until(
            () => _folder.Query("PRAGMA page_count") * 4096 < 8 << 20,
            () => $"the database has {_folder.Query("PRAGMA page_count")} pages, "
                + $"{_folder.Query("PRAGMA freelist_count")} free");
    }

    [Fact]
    public async Task Log_has_a_bound_under_writes_without_a_pause()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(
            Options with { CheckpointBytes = 1 << 20 }, TimeProvider.System, Cancel);
        var value = new byte[8 << 10];
        long largest = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                await store.PutAsync($"/{writer}", value, null, Cancel);
                largest = Math.Max(largest, new FileInfo(_folder.File("state.db-wal")).Length);
            }
        })));

        // 64 MiB were written: the bound is 8, and the last batches come on top of it.
        Assert.InRange(largest, 1, 16 << 20);
    }

    [Fact]
    public async Task Files_are_for_their_owner_only()
    {
        await using SqliteStore store = await Open();
        await Put(store, "/a", "1");

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        string[] files = Directory.GetFiles(_folder.Path);
        Assert.Equal(
            ["lock", "reserve", "state.db", "state.db-shm", "state.db-wal"],
            files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(Owner, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Watch_slower_than_memory_reads_on_from_the_disk()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(
            Options with { History = new HistoryOptions { RecentBytes = 1_000 } }, TimeProvider.System, Cancel);
        var value = new byte[100];
        IAsyncEnumerator<StoreEventBatch> slow = store.WatchAsync("/", 1, Cancel).GetAsyncEnumerator(Cancel);
        List<long> seen = [];
        for (int round = 0; round < 10; round++)
        {
            for (int i = 0; i < 100; i++)
            {
                await store.PutAsync($"/{i % 7}", value, null, Cancel);
            }

            Assert.True(await slow.MoveNextAsync());
            foreach (StoreEvent e in slow.Current.Events.ToArray())
            {
                seen.Add(e.Revision);
                Assert.Equal(e.IsCreate ? 0 : 100, e.PreviousValue.Length);
            }
        }

        while (seen.Count < 1_000 && await slow.MoveNextAsync())
        {
            seen.AddRange(slow.Current.Events.ToArray().Select(e => e.Revision));
        }

        await slow.DisposeAsync();
        Assert.Equal(Enumerable.Range(2, 1_000).Select(i => (long)i), seen);
    }

    private static async Task<long> Put(IStore store, string key, string value, long? expected = null) =>
        Assert.IsType<WriteResult.Written>(
            await store.PutAsync(key, System.Text.Encoding.UTF8.GetBytes(value), expected, Cancel)).Revision;

    private static async Task<string> List(IStore store, long revision)
    {
        StorePage page = await store.ListAsync("/", revision, null, 0, Cancel);
        return string.Join(' ', page.Entries.Select(
            e => $"{e.Key}={System.Text.Encoding.UTF8.GetString(e.Value.Span)}@{e.ModRevision}"));
    }

    private static async Task<List<string>> Watch(IStore store, long after, int count)
    {
        List<string> seen = [];
        await foreach (StoreEventBatch batch in store.WatchAsync("/", after, Cancel))
        {
            seen.AddRange(batch.Events.ToArray().Select(e => $"{e.Revision} {e.Kind} {e.Key}"));
            if (seen.Count >= count)
            {
                break;
            }
        }

        return seen;
    }

    private static async Task Until(Func<bool> holds, Func<string> state)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20), state());
            await Task.Yield();
        }
    }

    private Task<SqliteStore> Open() => SqliteStore.OpenAsync(Options, TimeProvider.System, Cancel);
}
