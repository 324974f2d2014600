using Netes.Tests.Store.Sqlite;

namespace Netes.Soak.Cases;

/// <summary>
/// The server ends in the middle of 64 writers, again and again: killed, or with the power of its disk.
/// Cases A1 and A2.
/// </summary>
internal static class Crashes
{
    private const int ValueBytes = 500;
    private const int Observers = 8;

    /// <summary>In seconds, of 99 in 100 starts after a kill.</summary>
    private const double LongestUntilReady = 1;

    public static async Task<string> KillAsync(SoakOptions options, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("netes-soak-").FullName;
        try
        {
            return await RunAsync(options, folder, options.Rounds(200), () => { }, LongestUntilReady, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task<string> PowerAsync(SoakOptions options, CancellationToken cancel)
    {
        using var disk = new DiskImage(768 << 20);
        string folder = Path.Combine(disk.Path, "state");
        return await RunAsync(options, folder, options.Rounds(50), Cut, double.MaxValue, cancel);

        void Cut()
        {
            disk.CutCurrent();
            disk.Restart();
        }
    }

    private static async Task<string> RunAsync(
        SoakOptions options, string folder, int rounds, Action afterKill, double mostSeconds,
        CancellationToken cancel)
    {
        var ledger = new Ledger();
        var writers = new Writers(ledger, ValueBytes);
        Observer[] observers = [.. Enumerable.Range(0, Observers).Select(_ => new Observer())];
        var random = new Random(1);
        List<double> ready = [];
        long since = 0;
        double writing = 0;
        await using var server = new SoakServer(options.Program, folder);
        for (int round = 0; round <= rounds; round++)
        {
            TimeSpan took = await server.StartAsync(cancel);
            await server.EnsureNamespaceAsync(cancel);
            ledger.Compare(await server.ListAsync(cancel));
            if (round > 0)
            {
                ready.Add(took.TotalSeconds);
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            Task[] watching = [.. observers.Select((one, i) => one.RunAsync(server.Load, i, stop.Token))];
            while (observers.Any(one => one.Last == 0))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancel);
            }

            since = since == 0 ? observers.Max(one => one.Last) : since;
            if (round == rounds)
            {
                await CatchUpAsync(observers, ledger, cancel);
                await stop.CancelAsync();
                await Task.WhenAll(watching);
                break;
            }

            Task work = writers.RunAsync(server.Connections, stop.Token);
            TimeSpan pause = TimeSpan.FromMilliseconds(random.Next(300, 1_500));
            writing += pause.TotalSeconds;
            await Task.Delay(pause, cancel);
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll([work, .. watching]);
            afterKill();
        }

        foreach (Observer observer in observers)
        {
            observer.Compare(ledger, since);
        }

        ready.Sort();
        double p99 = ready[(int)Math.Ceiling(0.99 * (ready.Count - 1))];
        string figures = $"{rounds} times: {ledger.Acknowledged} acknowledged "
            + $"({ledger.Acknowledged / writing:0}/s), 0 lost, 0 revisions back; "
            + $"{Observers} watches told all once in order; "
            + $"ready again p50 {ready[ready.Count / 2]:0.00} s, p99 {p99:0.00} s";
        Ledger.Invariant(p99 < mostSeconds, $"ready too late; {figures}");
        return figures;
    }

    private static async Task CatchUpAsync(Observer[] observers, Ledger ledger, CancellationToken cancel)
    {
        while (observers.Any(one => one.Last < ledger.HighestRevision))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
        }
    }
}
