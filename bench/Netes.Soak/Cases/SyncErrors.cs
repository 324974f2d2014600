using System.Diagnostics;
using System.Globalization;
using System.Net;
using Netes.Bench.Servers;

namespace Netes.Soak.Cases;

/// <summary>
/// The kernel answers one sync with an input/output error, by strace's injection. What was in it may be lost, and is
/// not acknowledged; nothing is acknowledged after it either, until a new process has read the disk.
/// </summary>
internal static class SyncErrors
{
    public static async Task<string> RunAsync(SoakOptions options, CancellationToken cancel)
    {
        int rounds = options.Rounds(20);
        int acknowledged = 0;
        for (int round = 1; round <= rounds; round++)
        {
            string folder = Directory.CreateTempSubdirectory("netes-soak-").FullName;
            try
            {
                acknowledged += await RoundAsync(options, folder, round * 7, cancel);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return $"{rounds} failed syncs: {acknowledged} acknowledged before, 0 after, 0 lost, no sync tried again";
    }

    private static async Task<int> RoundAsync(
        SoakOptions options, string folder, int failingSync, CancellationToken cancel)
    {
        var ledger = new Ledger();
        var writers = new Writers(ledger, 500);
        await using var server = new SoakServer(options.Program, Path.Combine(folder, "state"));
        await server.StartAsync(cancel);
        await server.EnsureNamespaceAsync(cancel);
        string log = Path.Combine(folder, "syncs");
        using Process injector = Inject(server.Process.Id, failingSync, log);
        try
        {
            while (!File.Exists(log))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), cancel);
            }

            // Each ends with the first refusal that is no full disk.
            await writers.RunAsync(server.Connections, cancel).WaitAsync(TimeSpan.FromSeconds(30), cancel);
        }
        finally
        {
            // strace lets go of what it traces.
            Signals.Send(injector.Id, 15);
            await injector.WaitForExitAsync(CancellationToken.None);
        }

        int acknowledged = ledger.Acknowledged;
        await writers.RunAsync(server.Connections, cancel);
        Ledger.Invariant(ledger.Acknowledged == acknowledged, "a write was acknowledged after a failed sync");
        await server.ListAsync(cancel);
        await NotReadyAsync(server, cancel);
        string[] syncs = [.. File.ReadLines(log).Where(line => line.Contains("sync(", StringComparison.Ordinal))];
        int failed = Array.FindIndex(syncs, line => line.Contains("EIO", StringComparison.Ordinal));
        Ledger.Invariant(failed >= 0, "no sync failed");
        Ledger.Invariant(failed == syncs.Length - 1, $"a sync was tried again: {string.Join('\n', syncs[failed..])}");
        await server.KillAsync();
        await server.StartAsync(cancel);
        ledger.Compare(await server.ListAsync(cancel));
        return acknowledged;
    }

    private static Process Inject(int process, int failingSync, string log) => Process.Start(
        new ProcessStartInfo("strace",
        [
            "-f", "-qq", "-p", process.ToString(CultureInfo.InvariantCulture), "-o", log,
            "-e", "trace=fdatasync,fsync", "-e", "signal=none",
            "-e", string.Create(CultureInfo.InvariantCulture, $"inject=fdatasync,fsync:error=EIO:when={failingSync}"),
        ])
        {
            RedirectStandardError = true,
        })!;

    private static async Task NotReadyAsync(SoakServer server, CancellationToken cancel)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        });
        foreach (string path in (string[])["/readyz", "/livez"])
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(server.Process.Address, path), cancel);
            Ledger.Invariant(
                answer.StatusCode == HttpStatusCode.InternalServerError, $"{path} says {answer.StatusCode}");
        }
    }
}
