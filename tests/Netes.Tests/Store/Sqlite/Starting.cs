using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Netes.Store;
using Netes.Store.Memory;
using Netes.Store.Sqlite;

namespace Netes.Tests.Store.Sqlite;

/// <summary>A start reads what is live and the newest; the history comes behind it, and is as it was.</summary>
public sealed class Starting : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => _folder.File("state.db");

    private SqliteStoreOptions Options =>
        new() { Folder = _folder.Path, ReserveBytes = 0, RevisionsBesideLive = 50 };

    public void Dispose() => _folder.Dispose();

    /// <summary>Against a store that never ended, over random writes, compactions and ends.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Every_revision_reads_as_if_the_store_had_never_ended(int seed)
    {
        var random = new Random(seed);
        await using var twin = new MemoryStore(new HistoryOptions { Age = TimeSpan.Zero }, TimeProvider.System);
        SqliteStore store = await Open();
        try
        {
            for (int round = 0; round < 8; round++)
            {
                for (int i = random.Next(300); i > 0; i--)
                {
                    await WriteBoth(store, twin, random);
                }

                if (random.Next(3) == 0)
                {
                    long revision = random.NextInt64(store.CompactedRevision, store.CurrentRevision + 1);
                    await store.CompactAsync(revision, Cancel);
                    await twin.CompactAsync(revision, Cancel);
                }

                await store.DisposeAsync();
                store = await Open();

                // At once: the history is being joined meanwhile.
                for (int i = random.Next(20); i > 0; i--)
                {
                    await WriteBoth(store, twin, random);
                }

                await AssertSame(twin, store, random);
            }

            // The last rounds did begin at what was written down.
            Assert.True(_folder.Query("SELECT rev FROM live") > 0);
        }
        finally
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Compaction_after_a_start_takes_the_rows_of_the_past_away()
    {
        await Fill();
        await using SqliteStore store = await Open();
        await store.CompactAsync(store.CurrentRevision, Cancel);
        await Until(() => _folder.Query("SELECT count(*) FROM revision") == 3, "rows that nobody can read are left");
        Assert.Equal("/0=198@200 /1=199@201 /2=197@199", await List(store, 0));
    }

    [Fact]
    public async Task History_goes_on_growing_old_where_it_was()
    {
        var time = new FakeTimeProvider();
        SqliteStoreOptions options = Options with { History = new HistoryOptions { Revisions = 10 } };
        for (int round = 0; round < 3; round++)
        {
            await using SqliteStore store = await SqliteStore.OpenAsync(options, time, Cancel);
            for (int i = 0; i < 100; i++)
            {
                await Put(store, $"/{i % 3}", $"{round}-{i}");
            }

            // Marked, then written down with the next hundred.
            time.Advance(TimeSpan.FromSeconds(31));
            for (int i = 0; i < 100; i++)
            {
                await Put(store, $"/{i % 3}", $"{round}-{i}");
            }

            await Until(
                () => _folder.Query("SELECT rev FROM live") > (round * 200) + 101, "what is live is not written down");
            time.Advance(TimeSpan.FromMinutes(1.5));
            await Put(store, "/0", "later");
        }

        await using SqliteStore last = await SqliteStore.OpenAsync(options, time, Cancel);
        await last.ListAsync("/", 2, null, 0, Cancel);
        for (int i = 0; last.CompactedRevision < 101; i++)
        {
            Assert.True(i < 11, "five minutes of running are long over");
            time.Advance(TimeSpan.FromSeconds(30));
            await Put(last, "/0", "now");
        }
    }

    [Fact]
    public async Task File_of_the_format_before_is_taken_over()
    {
        await Fill();
        _folder.Change("DROP TABLE live; PRAGMA user_version = 1");
        await using (SqliteStore store = await Open())
        {
            Assert.Equal("/0=198@200 /1=199@201 /2=197@199", await List(store, 0));
            Assert.Equal("/0=0@2 /1=1@3", await List(store, 3));
        }

        Assert.Equal(2, _folder.Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task Damaged_list_of_what_is_live_is_refused()
    {
        await Fill();
        long revision = _folder.Query("SELECT rev FROM live");
        _folder.Change("UPDATE live SET revisions = CAST(revisions || x'00' AS BLOB)");
        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.Equal(
            $"{Database}: the list of what is live at revision {revision} is damaged: its checksum does not match",
            e.Message);
    }

    [Fact]
    public async Task Missing_row_of_what_is_live_is_refused()
    {
        await Fill();
        long live = _folder.Query("SELECT rev FROM live");
        _folder.Change($"DELETE FROM revision WHERE rev = {live}");
        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.Equal($"{Database}: revision {live} is missing", e.Message);
    }

    [Theory]
    [InlineData("UPDATE revision SET value = x'00' WHERE rev = 7", "revision 7 of key /2 is damaged: its checksum")]
    [InlineData("DELETE FROM revision WHERE rev = 7", "revision 7 is missing")]
    public async Task Damage_of_the_past_fails_the_store_behind_its_start(string damage, string words)
    {
        await Fill();
        _folder.Change(damage);
        await using SqliteStore store = await Open();
        Assert.Equal("/0=198@200 /1=199@201 /2=197@199", await List(store, 0));

        var e = await Assert.ThrowsAsync<StoreCorruptException>(() => List(store, 3));
        Assert.StartsWith($"{Database}: {words}", e.Message, StringComparison.Ordinal);
        var failed = Assert.IsType<StoreHealth.Failed>(store.Health);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Put(store, "/0", "more"));

        // The next start reads all of it before it does anything.
        await store.DisposeAsync();
        e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.StartsWith($"{Database}: {words}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_read_after_what_it_waits_for()
    {
        await Fill();
        _folder.Change("DELETE FROM revision WHERE rev = 7");
        var started = new TaskCompletionSource();
        await using SqliteStore store = await SqliteStore.OpenAsync(
            Options with { HistoryAfter = started.Task }, TimeProvider.System, Cancel);
        for (int i = 0; i < 20; i++)
        {
            await Put(store, "/0", "more");
        }

        Assert.IsNotType<StoreHealth.Failed>(store.Health);
        started.SetResult();
        await Until(() => store.Health is StoreHealth.Failed, "the history was not read");
    }

    [Fact]
    public async Task History_that_waits_is_read_for_whoever_asks()
    {
        await Fill();
        string past;
        await using (SqliteStore store = await Open())
        {
            past = await List(store, 3);
        }

        SqliteStoreOptions waiting = Options with { HistoryAfter = new TaskCompletionSource().Task };
        await using (SqliteStore store = await SqliteStore.OpenAsync(waiting, TimeProvider.System, Cancel))
        {
            Assert.Equal(past, await List(store, 3));
            await store.CompactAsync(store.CurrentRevision, Cancel);
        }

        // One that nobody asked ends, too.
        await using SqliteStore unasked = await SqliteStore.OpenAsync(waiting, TimeProvider.System, Cancel);
    }

    [Fact]
    public async Task List_of_what_is_live_that_is_not_what_the_history_says_fails_the_store()
    {
        await Fill();
        long revision = _folder.Query("SELECT rev FROM live");
        using (Database database = SqliteFile.Open(Options, wasKilled: false))
        using (var table = new RevisionTable(database))
        {
            LiveRevisions live = RevisionRows.Live(database, Database)!;
            table.WriteLive(live with { Revisions = [2, .. live.Revisions] });
        }

        await using SqliteStore store = await Open();
        var e = await Assert.ThrowsAsync<StoreCorruptException>(() => List(store, 3));
        Assert.Equal(
            $"{Database}: what is listed as live at revision {revision} is not what its history says", e.Message);
    }

    /// <summary>Of damage that no row shows: the count of free pages is wrong, and nobody closed the file.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_are_gone_through_before_the_start_where_the_machine_went_down_else_behind(bool isSameBoot)
    {
        await using (SqliteStore store = await Open())
        {
            await Put(store, "/a", new string('x', 100_000));
            await Put(store, "/a", "1");
            await store.CompactAsync(store.CurrentRevision, Cancel);
            await Until(() => _folder.Query("PRAGMA freelist_count") > 20, "no page has become free");
        }

        const int FreePages = 39;
        byte[] file = await File.ReadAllBytesAsync(Database, Cancel);
        file[FreePages]--;
        await File.WriteAllBytesAsync(Database, file, Cancel);
        await File.WriteAllBytesAsync(Database + "-wal", [], Cancel);
        string words = $"{Database} is damaged: ";
        if (!isSameBoot)
        {
            await File.WriteAllTextAsync(_folder.File("lock"), "1\nanother-boot\n", Cancel);
            // Again, too: that the first one closed the file proves nothing.
            for (int i = 0; i < 2; i++)
            {
                var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
                Assert.StartsWith(words, e.Message, StringComparison.Ordinal);
            }

            return;
        }

        await using SqliteStore again = await Open();
        await Until(() => again.Health is StoreHealth.Failed, "nobody looked");
        Assert.Contains(words, ((StoreHealth.Failed)again.Health).Message, StringComparison.Ordinal);

        // Nothing is added to it any more: the next start looks first.
        await again.DisposeAsync();
        await Assert.ThrowsAsync<StoreCorruptException>(Open);
    }

    [Fact]
    public async Task What_is_live_is_on_the_disk_before_anything_later_is_compacted()
    {
        const int Keys = 2_000;
        var history = new HistoryOptions { Age = TimeSpan.FromMilliseconds(10), Revisions = 1 };
        await using SqliteStore store = await SqliteStore.OpenAsync(
            Options with { History = history }, TimeProvider.System, Cancel);
        for (long seen = 0; seen < 20 * Keys; seen = store.CompactedRevision)
        {
            await Task.WhenAll(Enumerable.Range(0, Keys).Select(
                i => store.PutAsync($"/{i}", "1"u8.ToArray(), null, Cancel).AsTask()));
            Assert.Equal(1, _folder.Query("SELECT live.rev >= counter.compacted FROM live, counter"));
        }
    }

    [Fact]
    public async Task List_of_what_is_live_that_compaction_has_passed_is_not_needed()
    {
        await Fill();
        _folder.Change("UPDATE counter SET compacted = 200; DELETE FROM revision WHERE rev < 198");
        await using SqliteStore store = await Open();
        Assert.Equal("/0=198@200 /1=199@201 /2=197@199", await List(store, 0));
    }

    private static async Task WriteBoth(SqliteStore store, MemoryStore twin, Random random)
    {
        string key = $"/{random.Next(30)}";
        if (random.Next(4) == 0)
        {
            Assert.Equal(
                await twin.DeleteAsync(key, null, Cancel) is WriteResult.Written,
                await store.DeleteAsync(key, null, Cancel) is WriteResult.Written);
            return;
        }

        string value = $"{random.Next()}";
        Assert.Equal(await Put(twin, key, value), await Put(store, key, value));
    }

    private static async Task AssertSame(MemoryStore twin, SqliteStore store, Random random)
    {
        Assert.Equal((twin.CurrentRevision, twin.CompactedRevision), (store.CurrentRevision, store.CompactedRevision));
        for (int i = 0; i < 20; i++)
        {
            long revision = random.NextInt64(Math.Max(store.CompactedRevision, 1), store.CurrentRevision + 1);
            Assert.Equal(await List(twin, revision), await List(store, revision));
        }

        Assert.Equal(await List(twin, 0), await List(store, 0));
    }

    private async Task Fill()
    {
        await using SqliteStore store = await Open();
        for (int i = 0; i < 200; i++)
        {
            await Put(store, $"/{i % 3}", $"{i}");
        }

        await Until(() => _folder.Query("SELECT rev FROM live") > 0, "what is live is not written down");
    }

    private Task<SqliteStore> Open() => SqliteStore.OpenAsync(Options, TimeProvider.System, Cancel);

    private static async Task<long> Put(IStore store, string key, string value) => Assert.IsType<WriteResult.Written>(
        await store.PutAsync(key, Encoding.UTF8.GetBytes(value), null, Cancel)).Revision;

    private static async Task<string> List(IStore store, long revision)
    {
        StorePage page = await store.ListAsync("/", revision, null, 0, Cancel);
        return string.Join(
            ' ', page.Entries.Select(e => $"{e.Key}={Encoding.UTF8.GetString(e.Value.Span)}@{e.ModRevision}"));
    }

    private static async Task Until(Func<bool> holds, string otherwise)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20), otherwise);
            await Task.Yield();
        }
    }
}
