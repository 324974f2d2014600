using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Tests.Store.Sqlite;

/// <summary>What durability and speed rest on, looked up rather than trusted.</summary>
public sealed class Settings : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SqliteStoreOptions Options => new() { Folder = _folder.Path, ReserveBytes = 0 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Library_that_can_damage_the_log_is_refused()
    {
        var e = Assert.Throws<InvalidOperationException>(() => Database.RequireVersion(3_051_002, "3.51.2"));
        Assert.Equal("SQLite 3.51.2 can corrupt a database: 3.51.3 is needed", e.Message);
        Database.RequireVersion(3_051_003, "3.51.3");
    }

    [Fact]
    public async Task Every_connection_logs_ahead_syncs_each_commit_and_leaves_checkpoints_to_us()
    {
        await (await Open()).DisposeAsync();
        foreach (Func<Database> open in (Func<Database>[])
            [() => SqliteFile.Open(Options, wasKilled: false), () => SqliteFile.Connect(Options)])
        {
            using Database database = open();
            const long Full = 2;
            Assert.Equal("wal", database.Text("PRAGMA journal_mode"));
            Assert.Equal(Full, database.Scalar("PRAGMA synchronous"));
            Assert.Equal(0, database.Scalar("PRAGMA wal_autocheckpoint"));
            Assert.Equal(1, database.Scalar("PRAGMA cell_size_check"));
        }
    }

    [Fact]
    public async Task Only_the_revision_is_indexed_on_disk()
    {
        await (await Open()).DisposeAsync();
        Assert.Equal(0, _folder.Query("SELECT count(*) FROM sqlite_schema WHERE type = 'index'"));
    }

    [Fact]
    public async Task Writes_that_wait_together_share_one_sync()
    {
        const int Writes = 500;
        await using SqliteStore store = await Open();
        var value = new byte[200];
        await Task.WhenAll(Enumerable.Range(0, Writes).Select(
            i => store.PutAsync($"/{i}", value, null, Cancel).AsTask()));

        Assert.InRange(Commits(await Log()), 1, Writes / 4);
        Assert.Equal(Writes + 1, store.CurrentRevision);
    }

    [Fact]
    public async Task Each_transaction_tells_how_long_it_and_its_commit_took()
    {
        var told = new List<(TimeSpan All, TimeSpan Commit)>();
        await using SqliteStore store = await SqliteStore.OpenAsync(
            Options with { Committed = (all, commit) => told.Add((all, commit)) }, TimeProvider.System, Cancel);
        await store.PutAsync("/a", new byte[10], null, Cancel);
        await store.PutAsync("/b", new byte[10], null, Cancel);
        Assert.Equal(2, told.Count);
        Assert.All(told, times => Assert.InRange(times.Commit, TimeSpan.FromTicks(1), times.All));
    }

    [Fact]
    public async Task Log_is_copied_into_the_database_while_writes_go_on()
    {
        const int CheckpointBytes = 1 << 20;
        await using SqliteStore store = await SqliteStore.OpenAsync(
            Options with { CheckpointBytes = CheckpointBytes }, TimeProvider.System, Cancel);
        var value = new byte[100 << 10];
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; new FileInfo(_folder.File("state.db")).Length < CheckpointBytes; i++)
        {
            // Less than what makes the writer do it itself: it is the other thread that copies.
            Assert.True(i < 60 || TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "none came");
            await (i < 60 ? store.PutAsync($"/{i}", value, null, Cancel).AsTask() : Task.Delay(10, Cancel));
        }
    }

    [Fact]
    public async Task Log_is_longer_than_what_is_written_until_it_starts_over()
    {
        const int CheckpointBytes = 1 << 20;
        await using SqliteStore store = await SqliteStore.OpenAsync(
            Options with { CheckpointBytes = CheckpointBytes }, TimeProvider.System, Cancel);
        var value = new byte[8 << 10];
        var lengths = new List<long>();
        for (int i = 0; i < 2_000; i++)
        {
            await store.PutAsync("/a", value, null, Cancel);
            lengths.Add(new FileInfo(_folder.File("state.db-wal")).Length);
        }

        byte[] log = await Log();
        Assert.InRange(lengths[0], CheckpointBytes, CheckpointBytes + (128 << 10));
        Assert.InRange(log.Length, 2 * CheckpointBytes, (10 * CheckpointBytes) + (128 << 10));

        // What made it longer is few and large: no commit did.
        long[] steps = [.. lengths.Zip(lengths.Skip(1), (before, after) => after - before).Where(step => step > 0)];
        Assert.All(steps, step => Assert.InRange(step, 64 << 10, 2 * CheckpointBytes));
        Assert.Equal(2_001, store.CurrentRevision);
    }

    [Fact]
    public async Task Log_that_a_crash_has_left_is_written_into_the_database_before_it_is_added_to()
    {
        string copy = _folder.File("copy");
        await using (SqliteStore store = await Open())
        {
            await store.PutAsync("/a", new byte[10_000], null, Cancel);
            Directory.CreateDirectory(copy);
            File.Copy(_folder.File("state.db"), Path.Combine(copy, "state.db"));
            File.Copy(_folder.File("state.db-wal"), Path.Combine(copy, "state.db-wal"));
        }

        Assert.True(new FileInfo(Path.Combine(copy, "state.db-wal")).Length > 10_000);
        await using SqliteStore again = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = copy, ReserveBytes = 0 }, TimeProvider.System, Cancel);
        Assert.All(await File.ReadAllBytesAsync(Path.Combine(copy, "state.db-wal"), Cancel), b => Assert.Equal(0, b));
        Assert.Equal(10_000, (await again.GetAsync("/a", Cancel))!.Value.Value.Length);
    }

    [Fact]
    public async Task Store_that_closes_well_leaves_no_log()
    {
        await using (SqliteStore store = await Open())
        {
            await store.PutAsync("/a", new byte[10], null, Cancel);
            await store.PutAsync("/a", new byte[20], null, Cancel);
            Assert.Equal(10, (await store.ListAsync("/", 2, null, 0, Cancel)).Entries[0].Value.Length);
        }

        Assert.Equal(["lock", "state.db"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Folder_and_files_that_others_could_read_are_closed_to_them()
    {
        await (await Open()).DisposeAsync();
        File.SetUnixFileMode(_folder.Path, Owner | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        File.SetUnixFileMode(_folder.File("state.db"), Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await using SqliteStore again = await Open();

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        Assert.All(
            Directory.GetFiles(_folder.Path, "state.db*"), file => Assert.Equal(Owner, File.GetUnixFileMode(file)));
    }

    /// <summary>Small objects among large ones, each replaced at another time: what leaves half-empty pages.</summary>
    [Theory]
    [InlineData(100, 100)]
    [InlineData(300, 300)]
    [InlineData(2_100, 2_100)]
    [InlineData(200, 12_000)]
    public async Task File_stays_within_three_times_what_is_readable(int smallest, int largest)
    {
        const int Keys = 4_000;
        await using SqliteStore store = await Open();
        var random = new Random(1);
        long Size(int i) => smallest + (i % 10 == 0 ? largest - smallest : 0);
        await PutAll(Enumerable.Range(0, Keys));
        for (int round = 0; round < 5; round++)
        {
            await PutAll(Enumerable.Range(0, Keys).Select(_ => random.Next(Keys)));
            await store.CompactAsync(store.CurrentRevision, Cancel);
        }

        long live = Enumerable.Range(0, Keys).Sum(i => Size(i) + $"/registry/things/{i:00000}".Length);
        long bound = (3 * live) + (4 << 20);
        long start = TimeProvider.System.GetTimestamp();
        long size;
        while ((size = _folder.Query("PRAGMA page_count") * 4096) > bound)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20),
                $"{live} bytes are readable, the file has {size}, "
                + $"free {_folder.Query("PRAGMA freelist_count") * 4096}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancel);
        }

        async Task PutAll(IEnumerable<int> keys)
        {
            foreach (int[] some in keys.Chunk(500))
            {
                await Task.WhenAll(some.Select(i => store.PutAsync(
                    $"/registry/things/{i:00000}", new byte[Size(i)], null, Cancel).AsTask()));
            }
        }
    }

    private Task<SqliteStore> Open() => SqliteStore.OpenAsync(Options, TimeProvider.System, Cancel);

    private async Task<byte[]> Log()
    {
        await using var file = new FileStream(
            _folder.File("state.db-wal"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, Cancel);
        return bytes;
    }

    /// <summary>Frames that end a transaction carry the database's size. Source: sqlite.org/fileformat2.html.</summary>
    private static int Commits(byte[] log)
    {
        const int Header = 32;
        const int Frame = 24 + 4096;
        return Enumerable.Range(0, (log.Length - Header) / Frame).Count(
            i => BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(Header + (i * Frame) + 4)) != 0);
    }
}
