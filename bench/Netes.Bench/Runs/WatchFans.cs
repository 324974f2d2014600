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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        List<Task> open = await OpenAsync(target, "warm", 100, revision, 1, stop.Token);
        await Task.Delay(context.Period(8), cancel);
        double before = target.Server!.Memory().AnonymousMegabytes;
        open.AddRange(await OpenAsync(target, "idle", Watchers, revision, 1, stop.Token));
        await Task.Delay(context.Period(8), cancel);
        context.Add("watch.idle.1000", Math.Max(target.Server.Memory().AnonymousMegabytes - before, 0));
        await stop.CancelAsync();
        foreach (Task watch in open)
        {
            try
            {
                await watch;
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                // Ended by us.
                continue;
            }
        }
    }

    private static async Task<double> FanAsync(
        Target target, int watchers, int writes, int clients, CancellationToken cancel)
    {
        string run = BenchContext.NewRun();
        string revision = await Watches.RevisionAsync(target.Load, Objects.ConfigMaps, cancel);
        List<Task> counting = await OpenAsync(target, run, watchers, revision, writes, cancel);
        long began = TimeProvider.System.GetTimestamp();
        await Workers.RunAsync(writes, clients, (worker, i) => target.Load.CreateAsync(
            worker, Objects.ConfigMaps, Objects.ConfigMap(run, $"{run}-{i}"), cancel), cancel);
        await Task.WhenAll(counting);
        return (double)watchers * writes / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<List<Task>> OpenAsync(
        Target target, string run, int watchers, string revision, int events, CancellationToken cancel)
    {
        string path = $"{Objects.ConfigMaps}?watch=1&resourceVersion={revision}&labelSelector=run%3D{run}";
        Task<Task>[] opening =
        [
            .. Enumerable.Range(0, watchers).Select(i => Watches.CountAsync(target.Load, i, path, events, cancel)),
        ];
        return [.. await Task.WhenAll(opening)];
    }
}
