using Netes.Bench.Load;
using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Bench.Micro;

/// <summary>The store alone, on disk, with values of 1.5 KB.</summary>
internal static class Stores
{
    public static async Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("netes-bench-").FullName;
        try
        {
            var options = new SqliteStoreOptions { Folder = Path.Combine(folder, "db") };
            await using SqliteStore store = await SqliteStore.OpenAsync(options, TimeProvider.System, cancel);
            await RunAsync(context, store, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(BenchContext context, SqliteStore store, CancellationToken cancel)
    {
        const int Keys = 1_000;
        var value = new byte[1_500];
        await PutAsync(Keys, 64);
        await Clock.MeasureAsync(context, "store.put", context.Count(2_000), count => PutAsync(count, 1));
        await Clock.MeasureAsync(context, "store.put.64", context.Count(40_000), count => PutAsync(count, 64));
        Clock.Measure(context, "store.get", context.Count(200_000), () => store.GetAsync("/key/000500", cancel));
        await Clock.MeasureAsync(context, "store.list.1000", context.Count(500), async count =>
        {
            for (int i = 0; i < count; i++)
            {
                await store.ListAsync("/key/", 0, null, 0, cancel);
            }
        });

        Task PutAsync(int count, int writers) => Workers.RunAsync(
            count,
            writers,
            async (_, i) => await store.PutAsync($"/key/{i % Keys:000000}", value, null, cancel),
            cancel);
    }
}
