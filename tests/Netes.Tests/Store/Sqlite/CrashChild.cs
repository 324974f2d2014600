using System.Diagnostics;
using System.Globalization;
using System.Text;
using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Tests.Store.Sqlite;

/// <summary>
/// A process of its own, which writes into a store until it is killed, and a line into a ledger for each
/// acknowledgement. It is this test program again, told to run the one explicit test below.
/// </summary>
public sealed class CrashChild
{
    private const string FolderVariable = "NETES_TEST_STORE_FOLDER";
    private const string LedgerVariable = "NETES_TEST_STORE_LEDGER";
    private const int Writers = 16;
    private const int KeysOfWriter = 8;

    /// <param name="folder">Of the store.</param>
    /// <param name="ledger">The file of acknowledgements.</param>
    /// <param name="under">A program, with its arguments, that runs the child; none: it runs by itself.</param>
    internal static Process Start(string folder, string ledger, params string[] under)
    {
        string[] command =
        [
            .. under, Path.Combine(AppContext.BaseDirectory, "Netes.Tests"),
            "-class", typeof(CrashChild).FullName!, "-explicit", "only",
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[FolderVariable] = folder;
        start.Environment[LedgerVariable] = ledger;
        return Process.Start(start)!;
    }

    [Fact(Explicit = true)]
    public async Task Writes_until_killed()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        string ledgerPath = Environment.GetEnvironmentVariable(LedgerVariable)!;
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using SqliteStore store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = folder, CheckpointBytes = 256 << 10 }, TimeProvider.System, cancel);

        // Unbuffered and appended: each line is one write to the kernel, which survives the process.
        await using var ledger = new FileStream(ledgerPath, FileMode.Append, FileAccess.Write, FileShare.Read, 0);
        // Nothing ends by itself: what does has failed, and with it the process.
        await await Task.WhenAny(
            Enumerable.Range(0, Writers).Select(w => Task.Run(() => Write(store, ledger, w, cancel), cancel))
            .Append(Task.Run(() => Compact(store, cancel), cancel)));
    }

    private static async Task Write(SqliteStore store, FileStream ledger, int writer, CancellationToken cancel)
    {
        var random = new Random(writer);
        for (long i = 0; ; i++)
        {
            string key = $"/{writer}/{random.Next(KeysOfWriter)}";
            string value = $"{writer}-{i}-{new string('x', random.Next(3_000))}";
            WriteResult result = random.Next(10) == 0
                ? await store.DeleteAsync(key, null, cancel)
                : await store.PutAsync(key, Encoding.UTF8.GetBytes(value), null, cancel);
            if (result is WriteResult.Written written)
            {
                bool isThere = (await store.GetAsync(key, cancel))?.ModRevision == written.Revision;
                string line = $"{written.Revision} {key} {(isThere ? value : "-")}\n";
                lock (ledger)
                {
                    ledger.Write(Encoding.UTF8.GetBytes(line));
                }
            }
        }
    }

    private static async Task Compact(SqliteStore store, CancellationToken cancel)
    {
        for (long compacted = 0; ;)
        {
            if (store.CurrentRevision > compacted + 1_000)
            {
                compacted = store.CurrentRevision - 500;
                await store.CompactAsync(compacted, cancel);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
        }
    }

    /// <summary>Everything that the ledger has is in the store.</summary>
    internal static async Task Check(string folder, string ledger, CancellationToken cancel)
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = folder }, TimeProvider.System, cancel);
        (long Revision, string Key, string Value)[] lines =
        [
            .. File.ReadLines(ledger).Select(line => line.Split(' ')).Where(words => words.Length == 3).Select(
                words => (long.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2])),
        ];
        Assert.Equal(lines.Length, lines.DistinctBy(line => line.Revision).Count());
        Assert.InRange(store.CurrentRevision, lines.Max(line => line.Revision), long.MaxValue);

        Dictionary<long, StoreEvent> events = [];
        await foreach (StoreEventBatch batch in store.WatchAsync("/", store.CompactedRevision, cancel))
        {
            foreach (StoreEvent e in batch.Events.ToArray())
            {
                events.Add(e.Revision, e);
            }

            if (batch.Revision == store.CurrentRevision)
            {
                break;
            }
        }

        foreach ((long revision, string key, string value) in lines.Where(l => l.Revision > store.CompactedRevision))
        {
            StoreEvent e = events[revision];
            Assert.Equal(key, e.Key);
            Assert.True(value == "-" || Encoding.UTF8.GetString(e.Value.Span) == value, $"value at {revision}");
        }

        foreach (var last in lines.GroupBy(l => l.Key).Select(key => key.MaxBy(line => line.Revision)))
        {
            StoredEntry? entry = await store.GetAsync(last.Key, cancel);
            bool isNewer = events.Values.Any(e => e.Key == last.Key && e.Revision > last.Revision);
            Assert.True(
                isNewer || (entry is null ? last.Value == "-" : entry.Value.ModRevision == last.Revision),
                $"{last.Key}: acknowledged at {last.Revision}, there is {entry?.ModRevision}");
        }
    }
}
