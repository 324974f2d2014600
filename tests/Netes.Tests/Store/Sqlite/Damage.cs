using System.Text;
using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Tests.Store.Sqlite;

/// <summary>A damaged store is refused with words that name the damage; it never shows wrong data.</summary>
public sealed class Damage : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Flipped_bit_in_a_value_is_refused_naming_the_key()
    {
        await Fill();
        byte[] file = File.ReadAllBytes(Database);
        file[file.AsSpan().IndexOf("value of /7"u8) + 3] ^= 1;
        File.WriteAllBytes(Database, file);

        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.Equal($"{Database}: revision 9 of key /7 is damaged: its checksum does not match", e.Message);
    }

    [Fact]
    public async Task Any_flipped_bit_is_refused_or_harmless()
    {
        await Fill();
        byte[] whole = File.ReadAllBytes(Database);
        string expected = await Contents();
        var random = new Random(3);
        for (int i = 0; i < 100; i++)
        {
            byte[] file = [.. whole];
            file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Database, file);
            try
            {
                Assert.Equal(expected, await Contents());
            }
            catch (Exception e) when (e is StoreCorruptException or StoreUnavailableException)
            {
                Assert.Contains(Database, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Missing_row_is_refused_naming_the_revision()
    {
        await Fill();
        _folder.Change("DELETE FROM revision WHERE rev = 5");
        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.Equal($"{Database}: revision 5 is missing", e.Message);
    }

    [Fact]
    public async Task Missing_last_row_is_refused_after_a_compaction()
    {
        await Fill();
        _folder.Change("UPDATE counter SET revision = 21, compacted = 1; DELETE FROM revision WHERE rev = 21");
        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.Equal($"{Database}: revision 21 is missing", e.Message);
    }

    [Fact]
    public async Task Truncated_file_is_refused()
    {
        await Fill();
        using (FileStream file = File.OpenWrite(Database))
        {
            file.SetLength(file.Length / 2);
        }

        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.StartsWith($"{Database} is damaged: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(_folder.Path);
        string text = string.Concat(Enumerable.Repeat("This is a letter to my aunt. ", 100));
        File.WriteAllText(Database, text);

        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.Equal($"{Database} is damaged: file is not a database (SQLite result 26)", e.Message);
        Assert.Equal(text, File.ReadAllText(Database));
    }

    [Fact]
    public async Task Database_of_something_else_is_refused()
    {
        Directory.CreateDirectory(_folder.Path);
        _folder.Change("CREATE TABLE aunts (name TEXT)");
        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.Equal($"{Database} is not a Netes store (application id 0)", e.Message);
    }

    [Fact]
    public async Task Format_of_a_newer_version_is_refused()
    {
        await Fill();
        _folder.Change("PRAGMA user_version = 3");
        var e = await Assert.ThrowsAsync<StoreCorruptException>(Open);
        Assert.Equal($"{Database} was written by another version of Netes: format 3, this one reads 2", e.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Torn_tail_of_the_log_loses_only_what_was_not_acknowledged(bool isCut)
    {
        // A copy taken while the store is open is what a crash leaves: the database and a log.
        string copy = Path.Combine(_folder.Path, "copy");
        await using (SqliteStore store = await Open())
        {
            await Fill(store);
            Directory.CreateDirectory(copy);
            File.Copy(Database, Path.Combine(copy, "state.db"));
            File.Copy(Database + "-wal", Path.Combine(copy, "state.db-wal"));
        }

        string log = Path.Combine(copy, "state.db-wal");
        byte[] bytes = await File.ReadAllBytesAsync(log, Cancel);
        int torn = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) - 1_000;
        bytes.AsSpan(torn).Clear();
        await File.WriteAllBytesAsync(log, isCut ? bytes[..torn] : bytes, Cancel);

        await using SqliteStore again = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = copy }, TimeProvider.System, Cancel);
        Assert.Equal(20, again.CurrentRevision);
    }

    [Fact]
    public async Task Damage_met_while_running_is_told_and_not_served()
    {
        var history = new HistoryOptions { RecentBytes = 1 };
        await using SqliteStore store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = _folder.Path, History = history }, TimeProvider.System, Cancel);
        await Fill(store);
        _folder.Change("UPDATE revision SET value = x'00' WHERE rev = 4");

        var e = await Assert.ThrowsAsync<StoreCorruptException>(async () =>
        {
            await foreach (StoreEventBatch _ in store.WatchAsync("/", 1, Cancel))
            {
                Assert.Fail("the history is damaged");
            }
        });
        Assert.Contains("revision 4 of key /2 is damaged", e.Message, StringComparison.Ordinal);
    }

    private Task<SqliteStore> Open() => SqliteStore.OpenAsync(
        new SqliteStoreOptions { Folder = _folder.Path, ReserveBytes = 0 }, TimeProvider.System, Cancel);

    private async Task Fill()
    {
        await using SqliteStore store = await Open();
        await Fill(store);
    }

    /// <summary>Key /N at revision N + 2, up to 21.</summary>
    private static async Task Fill(SqliteStore store)
    {
        for (int i = 0; i < 20; i++)
        {
            byte[] value = Encoding.UTF8.GetBytes($"value of /{i} {new string('.', 3_000)}");
            await store.PutAsync($"/{i}", value, 0, Cancel);
        }
    }

    private async Task<string> Contents()
    {
        await using SqliteStore store = await Open();
        StorePage page = await store.ListAsync("/", 0, null, 0, Cancel);
        return page.Revision + string.Concat(
            page.Entries.Select(e => $"{e.Key}@{e.ModRevision}{Encoding.UTF8.GetString(e.Value.Span)}"));
    }
}
