using Netes.Bench.Load;

namespace Netes.Soak.Cases;

/// <summary>Watches from every revision 200 before the newest to 200 after it, while writes go on.</summary>
internal static class Offsets
{
    private const int Span = 200;

    public static async Task<string> RunAsync(SoakOptions options, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("netes-soak-").FullName;
        try
        {
            await using var server = new SoakServer(options.Program, folder);
            await server.StartAsync(cancel);
            await server.EnsureNamespaceAsync(cancel);
            List<long> written = [];
            for (int i = 0; i < Span; i++)
            {
                written.Add(await WriteAsync(server, i, cancel));
            }

            long newest = written[^1];
            var watches = new List<(long From, List<long> Seen, Task Done)>();
            long last = newest + (2 * Span);
            for (long from = newest - Span; from <= newest + Span; from++)
            {
                List<long> seen = [];
                Task done = await Watches.LinesAsync(
                    server.Load,
                    $"{Objects.ConfigMaps}?watch=1&resourceVersion={from}",
                    line =>
                    {
                        Ledger.Invariant(
                            line.Span.IndexOf("\"type\":\"ERROR\""u8) < 0,
                            $"a watch from {from}: {System.Text.Encoding.UTF8.GetString(line.Span)}");
                        seen.Add(Writers.RevisionOf(line.Span));
                        return seen[^1] >= last;
                    },
                    cancel,
                    (int)(from % ApiLoad.Connections));
                watches.Add((from, seen, done));
            }

            while (written[^1] < last)
            {
                written.Add(await WriteAsync(server, written.Count, cancel));
            }

            await Task.WhenAll(watches.Select(watch => watch.Done));
            foreach ((long from, List<long> seen, _) in watches)
            {
                Ledger.Invariant(
                    seen.SequenceEqual(written.Where(revision => revision > from)),
                    $"a watch from {from} (the newest was {newest}) was told {string.Join(' ', seen.Take(5))} ...");
            }

            return $"{watches.Count} watches, each told exactly what follows its revision";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<long> WriteAsync(SoakServer server, int i, CancellationToken cancel)
    {
        string name = $"{Writers.Prefix}{i}";
        await server.Load.CreateAsync(i, Objects.ConfigMaps, Objects.ConfigMap("offsets", name, 10), cancel);
        return Writers.RevisionOf(await server.Load.ReadAsync($"{Objects.ConfigMaps}/{name}", cancel));
    }
}
