using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Tests.Store.Sqlite;

/// <summary>A disk that is full, or dies, costs no acknowledged write and no read.</summary>
public sealed class FullDisk
{
    private static readonly byte[] Value = new byte[32 << 10];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_disk_refuses_writes_keeps_reads_and_deletes_and_heals_by_itself()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a disk image needs root");
        using var disk = new DiskImage(48 << 20);
        var options = new SqliteStoreOptions { Folder = Path.Combine(disk.Path, "store"), ReserveBytes = 4 << 20 };
        string filler = Path.Combine(disk.Path, "filler");
        int acknowledged;
        await using (SqliteStore store = await SqliteStore.OpenAsync(options, TimeProvider.System, Cancel))
        {
            await File.WriteAllBytesAsync(filler, new byte[20 << 20], Cancel);
            acknowledged = await PutUntilRefused(store);
            Assert.IsType<StoreHealth.DiskFull>(store.Health);
            Assert.Equal(acknowledged, (await store.ListAsync("/", 0, null, 0, Cancel)).Entries.Count);
            Assert.Equal(acknowledged + 1, store.CurrentRevision);

            Assert.IsType<WriteResult.Written>(await store.DeleteAsync("/0", null, Cancel));
            Assert.IsType<WriteResult.Written>(await store.DeleteAsync("/1", null, Cancel));

            File.Delete(filler);
            await PutUntilTaken(store, "/again");
            Assert.IsType<StoreHealth.Healthy>(store.Health);
        }

        await using SqliteStore reopened = await SqliteStore.OpenAsync(options, TimeProvider.System, Cancel);
        Assert.Equal(acknowledged - 1, (await reopened.ListAsync("/", 0, null, 0, Cancel)).Entries.Count);
        Assert.Equal(acknowledged + 4, reopened.CurrentRevision);
    }

    [Fact]
    public async Task Largest_database_refuses_writes_until_compaction_makes_room()
    {
        using var folder = new TestFolder();
        var options = new SqliteStoreOptions { Folder = folder.Path, ReserveBytes = 0, MaximumPages = 1_000 };
        await using SqliteStore store = await SqliteStore.OpenAsync(options, TimeProvider.System, Cancel);
        int written = 0;
        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (; ; written++)
            {
                await store.PutAsync("/a", Value, null, Cancel);
            }
        });

        Assert.True(e.IsDiskFull);
        Assert.Equal("no room on the disk of the store: database or disk is full (SQLite result 13)", e.Message);
        Assert.Equal(written + 1, store.CurrentRevision);
        await store.CompactAsync(store.CurrentRevision, Cancel);
        await PutUntilTaken(store, "/a");
        Assert.IsType<StoreHealth.Healthy>(store.Health);
    }

    [Fact]
    public async Task Largest_database_of_many_keys_is_compacted_though_the_list_of_them_finds_no_room()
    {
        const int Keys = 20_000;
        using var folder = new TestFolder();
        var options = new SqliteStoreOptions
        {
            Folder = folder.Path, ReserveBytes = 0, MaximumPages = 2_000, RevisionsBesideLive = 1_000_000,
        };
        await using SqliteStore store = await SqliteStore.OpenAsync(options, TimeProvider.System, Cancel);
        foreach (int[] some in Enumerable.Range(0, Keys).Chunk(500))
        {
            await Task.WhenAll(some.Select(i => store.PutAsync($"/{i}", "1"u8.ToArray(), 0, Cancel).AsTask()));
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            while (true)
            {
                await store.PutAsync("/0", new byte[1_000], null, Cancel);
            }
        });
        await store.CompactAsync(store.CurrentRevision, Cancel);
        await PutUntilTaken(store, "/0");
        Assert.IsType<StoreHealth.Healthy>(store.Health);
    }

    [Fact]
    public async Task Dead_disk_stops_writes_for_good_and_keeps_reads()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a disk image needs root");
        using var disk = new DiskImage(48 << 20);
        var options = new SqliteStoreOptions { Folder = Path.Combine(disk.Path, "store") };
        await using (SqliteStore store = await SqliteStore.OpenAsync(options, TimeProvider.System, Cancel))
        {
            await store.PutAsync("/a", Value, 0, Cancel);
            disk.CutCurrent();

            for (int i = 0; i < 2; i++)
            {
                var e = await Assert.ThrowsAsync<StoreUnavailableException>(
                    async () => await store.PutAsync("/b", Value, 0, Cancel));
                Assert.False(e.IsDiskFull);
            }

            Assert.IsType<StoreHealth.Failed>(store.Health);
            Assert.Equal(2, store.CurrentRevision);
            Assert.NotNull(await store.GetAsync("/a", Cancel));
            Assert.Null(await store.GetAsync("/b", Cancel));
        }

        disk.Restart();
        await using SqliteStore reopened = await SqliteStore.OpenAsync(options, TimeProvider.System, Cancel);
        Assert.NotNull(await reopened.GetAsync("/a", Cancel));
    }

    private static async Task<int> PutUntilRefused(SqliteStore store)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                await store.PutAsync($"/{i}", Value, 0, Cancel);
            }
            catch (StoreUnavailableException e)
            {
                Assert.True(e.IsDiskFull, e.Message);
                return i;
            }
        }
    }

    private static async Task PutUntilTaken(SqliteStore store, string key)
    {
        for (long start = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                await store.PutAsync(key, Value, null, Cancel);
                return;
            }
            catch (StoreUnavailableException e)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5), e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(50), Cancel);
            }
        }
    }
}
