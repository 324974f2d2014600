using System.Diagnostics;
using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Tests.Store.Sqlite;

/// <summary>What was acknowledged survives the end of the process, and that of the machine.</summary>
public sealed class Crashes
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_under_writers_loses_no_acknowledged_write()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Path);
        string ledger = folder.File("ledger");
        for (int round = 1; round <= 3; round++)
        {
            await KillAfter(folder.File("store"), ledger, round * 2_000);
            await CrashChild.Check(folder.File("store"), ledger, Cancel);
        }
    }

    [Fact]
    public async Task Power_cut_under_writers_loses_no_acknowledged_write()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a disk image needs root");
        using var disk = new DiskImage(96 << 20);
        string folder = Path.Combine(disk.Path, "store");
        for (int round = 1; round <= 3; round++)
        {
            await KillAfter(folder, disk.Ledger, round * 2_000);
            disk.CutCurrent();
            disk.Restart();
            await CrashChild.Check(folder, disk.Ledger, Cancel);
        }
    }

    [Fact]
    public async Task Failed_sync_is_acknowledged_to_nobody_and_not_tried_again()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace makes a sync fail: apt-get install strace");
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Path);
        string ledger = folder.File("ledger");
        string syncs = folder.File("syncs");
        using Process child = CrashChild.Start(
            folder.File("store"), ledger, "strace", "-f", "-qq", "-o", syncs, "-e", "trace=fsync,fdatasync", "-e",
            "signal=none", "-e", "inject=fsync,fdatasync:error=EIO:when=60");
        Task<string> errors = child.StandardError.ReadToEndAsync(Cancel);
        string output = await child.StandardOutput.ReadToEndAsync(Cancel) + await errors;
        await child.WaitForExitAsync(Cancel);

        // The child's writers end with the first refusal, and the store with them.
        Assert.Contains("the store failed: disk I/O error", output, StringComparison.Ordinal);
        string[] lines = [.. File.ReadLines(syncs).Where(line => line.Contains("sync(", StringComparison.Ordinal))];
        int failed = Array.FindIndex(lines, line => line.Contains("EIO", StringComparison.Ordinal));
        Assert.InRange(failed, 0, lines.Length - 1);
        string call = lines[failed][lines[failed].IndexOf('f')..(lines[failed].IndexOf(')') + 1)];
        Assert.DoesNotContain(lines[(failed + 1)..], line => line.Contains(call, StringComparison.Ordinal));
        Assert.InRange(File.ReadLines(ledger).Count(), 1, int.MaxValue);
        await CrashChild.Check(folder.File("store"), ledger, Cancel);
    }

    [Fact]
    public async Task Second_process_is_refused_naming_the_first()
    {
        using var folder = new TestFolder();
        await using SqliteStore store = await Open(folder.Path);
        using Process second = CrashChild.Start(folder.Path, folder.File("ledger"));
        Task<string> errors = second.StandardError.ReadToEndAsync(Cancel);
        string output = await second.StandardOutput.ReadToEndAsync(Cancel) + await errors;
        await second.WaitForExitAsync(Cancel);

        Assert.Contains(
            $"the store in {folder.Path} is in use by process {Environment.ProcessId}",
            output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_store_in_one_process_is_refused_until_the_first_closes()
    {
        using var folder = new TestFolder();
        await using (await Open(folder.Path))
        {
            await Assert.ThrowsAsync<StoreInUseException>(() => Open(folder.Path));
        }

        await (await Open(folder.Path)).DisposeAsync();
    }

    private static Task<SqliteStore> Open(string folder) =>
        SqliteStore.OpenAsync(new SqliteStoreOptions { Folder = folder }, TimeProvider.System, Cancel);

    private static async Task KillAfter(string folder, string ledger, int lines)
    {
        using Process child = CrashChild.Start(folder, ledger);
        try
        {
            long start = TimeProvider.System.GetTimestamp();
            while (!File.Exists(ledger) || File.ReadLines(ledger).Count() < lines)
            {
                Assert.False(child.HasExited, "the writing process ended by itself");
                Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "too few writes");
                await Task.Delay(TimeSpan.FromMilliseconds(10), Cancel);
            }
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }
}
