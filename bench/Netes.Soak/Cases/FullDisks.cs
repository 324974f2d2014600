using Netes.Bench.Load;
using Netes.Tests.Store.Sqlite;

namespace Netes.Soak.Cases;

/// <summary>A small disk that fills up under writers, and then has room again.</summary>
internal static class FullDisks
{
    private const int ValueBytes = 100_000;

    public static async Task<string> RunAsync(SoakOptions options, CancellationToken cancel)
    {
        using var disk = new DiskImage(160 << 20);
        string filler = Path.Combine(disk.Path, "filler");
        var ledger = new Ledger();
        var writers = new Writers(ledger, ValueBytes);
        await using var server = new SoakServer(options.Program, Path.Combine(disk.Path, "state"));
        await server.StartAsync(cancel);
        await server.EnsureNamespaceAsync(cancel);
        await File.WriteAllBytesAsync(filler, new byte[80 << 20], cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task writing = writers.RunAsync(server.Connections, stop.Token);
        while (writers.Refused == 0)
        {
            Ledger.Invariant(!writing.IsCompleted, "the writers ended before the disk was full");
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
        }

        // Full: reads go on, and all of them. Deletes too, among the writers: one that fails would end its writer.
        for (int i = 0; i < 50; i++)
        {
            await server.ListAsync(cancel);
        }

        int acknowledged = ledger.Acknowledged;
        File.Delete(filler);
        long began = TimeProvider.System.GetTimestamp();
        while (ledger.Acknowledged < acknowledged + 200)
        {
            Ledger.Invariant(
                TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5),
                "writes did not come back within 5 seconds of room");
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
        }

        double back = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await IgnoreCancelAsync(writing);
        ledger.Compare(await server.ListAsync(cancel));
        await server.KillAsync();
        await server.StartAsync(cancel);
        ledger.Compare(await server.ListAsync(cancel));
        await RestartFullAsync(server, ledger, writers, filler, cancel);
        return $"{writers.Refused} writes refused, {ledger.Acknowledged} acknowledged, 0 lost; "
            + $"200 writes done {back:0.0} s after there was room; started anew while full, all told";
    }

    /// <summary>On a disk that was full when it died it starts, tells all, and goes on when there is room.</summary>
    private static async Task RestartFullAsync(
        SoakServer server, Ledger ledger, Writers writers, string filler, CancellationToken cancel)
    {
        // The store has given up its reserve when it is killed.
        Fill(filler);
        long before = writers.Refused;
        using var full = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task refused = writers.RunAsync(server.Connections, full.Token);
        while (writers.Refused == before)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
        }

        await full.CancelAsync();
        await IgnoreCancelAsync(refused);
        await server.KillAsync();
        await server.StartAsync(cancel);
        ledger.Compare(await server.ListAsync(cancel));
        File.Delete(filler);
        long began = TimeProvider.System.GetTimestamp();
        int acknowledged = ledger.Acknowledged;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task writing = writers.RunAsync(server.Connections, stop.Token);
        while (ledger.Acknowledged < acknowledged + 200)
        {
            Ledger.Invariant(
                TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5),
                "a server that started on a full disk did not write within 5 seconds of room");
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
        }

        await stop.CancelAsync();
        await IgnoreCancelAsync(writing);
        ledger.Compare(await server.ListAsync(cancel));
    }

    private static void Fill(string filler)
    {
        using FileStream file = File.Create(filler, bufferSize: 1);
        byte[] block = new byte[4096];
        while (true)
        {
            try
            {
                file.Write(block);
                file.Flush(flushToDisk: false);
            }
            catch (IOException)
            {
                // Not a block is left, which is what is wanted.
                return;
            }
        }
    }

    private static async Task IgnoreCancelAsync(Task writing)
    {
        try
        {
            await writing;
        }
        catch (OperationCanceledException)
        {
            // A writer was told to end while it paused.
            return;
        }
    }
}
