using System.Text;
using Netes.Bench.Load;
using Netes.Bench.Servers;
using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Bench.Runs;

/// <summary>From the start of the process until /readyz says ok: the median of five.</summary>
internal static class Starts
{
    private const int Rounds = 5;
    private const string Prefix = $"/registry/configmaps/{Objects.Namespace}/";

    public static async Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("netes-bench-").FullName;
        try
        {
            // The first start of all makes keys and certificates as well, but the API is what is asked for.
            context.Add("start.empty", await MedianAsync(context, folder, cancel));
            await FillAsync(context, folder, context.Count(100_000), cancel);
            context.Add("start.100000", await MedianAsync(context, folder, cancel));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> MedianAsync(BenchContext context, string folder, CancellationToken cancel)
    {
        var seconds = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            await using ServerProcess server = context.NewServer(folder);
            seconds[i] = (await server.StartAsync(cancel)).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[Rounds / 2];
    }

    /// <summary>Straight into the store: one object as the server has stored it, under other names.</summary>
    private static async Task FillAsync(BenchContext context, string folder, int count, CancellationToken cancel)
    {
        const string Name = "the-first-of-many";
        await using (ServerProcess server = context.NewServer(folder))
        {
            await server.StartAsync(cancel);
            using var load = new ApiLoad([await server.ConnectAsync(cancel)]);
            await load.CreateAsync(0, "/api/v1/namespaces", Objects.NamespaceObject, cancel);
            await load.CreateAsync(0, Objects.ConfigMaps, Objects.ConfigMap("run", Name), cancel);
        }

        var options = new SqliteStoreOptions { Folder = Path.Combine(folder, "db") };
        await using SqliteStore store = await SqliteStore.OpenAsync(options, TimeProvider.System, cancel);
        StoredEntry first = await store.GetAsync(Prefix + Name, cancel)
            ?? throw new InvalidOperationException($"nothing is stored under {Prefix}");
        string text = Encoding.UTF8.GetString(first.Value.Span);
        await Workers.RunAsync(count, 256, async (_, i) =>
        {
            string name = $"object-{i:000000}";
            byte[] value = Encoding.UTF8.GetBytes(text.Replace(Name, name, StringComparison.Ordinal));
            await store.PutAsync(Prefix + name, value, 0, cancel);
        }, cancel);
    }
}
