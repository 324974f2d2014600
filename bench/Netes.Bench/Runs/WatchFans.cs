using Netes.Bench.Load;

namespace Netes.Bench.Runs;

/// <summary>Many watchers of the same few writes, and many of none. As kbench's watch.</summary>
internal static class WatchFans
{
    public static async Task RunAsync(
        BenchContext context, int watchers, int writes, int clients, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        await FanAsync(target, watchers, Math.Max(writes / 10, 1), clients, cancel);
        TimeSpan cpu = target.Cpu;
        int count = context.Count(writes);
        context.Add($"watch.{watchers}", await FanAsync(target, watchers, count, clients, cancel));
        Writes.AddCpu(context, $"watch.{watchers}.cpu", target, cpu, (double)watchers * count / 1_000);
    }

    public static async Task IdleAsync(BenchContext context, CancellationToken cancel)
    {
        const int Watchers = 1_000;
        await using Target target = await context.StartAsync(cancel);
        string revision = await Watches.RevisionAsync(target.Load, Objects.ConfigMaps, cancel);

        // The first watchers load code and connections; what is asked is what each further one costs.
        await using var warm = await Fan.OpenAsync(target, "warm", 100, revision, 1);
        await Task.Delay(context.Period(8), cancel);
        double before = target.Server!.Memory().AnonymousMegabytes;
        await using var idle = await Fan.OpenAsync(target, "idle", Watchers, revision, 1);
        await Task.Delay(context.Period(8), cancel);
        context.Add("watch.idle.1000", Math.Max(target.Server.Memory().AnonymousMegabytes - before, 0));
    }

    private static async Task<double> FanAsync(
        Target target, int watchers, int writes, int clients, CancellationToken cancel)
    {
        string run = BenchContext.NewRun();
        string revision = await Watches.RevisionAsync(target.Load, Objects.ConfigMaps, cancel);
        await using var fan = await Fan.OpenAsync(target, run, watchers, revision, writes);
        long began = TimeProvider.System.GetTimestamp();
        await Workers.RunAsync(writes, clients, (worker, i) => target.Load.CreateAsync(
            worker, Objects.ConfigMaps, Objects.ConfigMap(run, $"{run}-{i}"), cancel), cancel);
        await fan.Counted.WaitAsync(cancel);
        return (double)watchers * writes / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private sealed class Fan(WatchCounter[] counters) : IAsyncDisposable
    {
        public Task Counted => Task.WhenAll(counters.Select(static counter => counter.Counted));

        public static async Task<Fan> OpenAsync(Target target, string run, int watchers, string revision, int events)
        {
            string path = $"{Objects.ConfigMaps}?watch=1&resourceVersion={revision}&labelSelector=run%3D{run}";
            return new(await WatchCounter.OpenAsync(target.Transport, path, watchers, events));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (WatchCounter counter in counters)
            {
                counter.Dispose();
            }

            // Those that were not told everything end with an error, which is no news: they were ended here.
            await Task.WhenAny(Counted);
        }
    }
}
