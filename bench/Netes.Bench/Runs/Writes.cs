using Netes.Bench.Load;

namespace Netes.Bench.Runs;

/// <summary>Creates and merge patches of ConfigMaps of 1 KB. As kbench's write and update.</summary>
internal static class Writes
{
    private const int Clients = 64;
    private const int Patched = 200;

    public static async Task ManyAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        await CreateAsync(target, context.Count(1_000), Clients, cancel);
        TimeSpan cpu = target.Cpu;
        Timing timing = await CreateAsync(target, context.Count(10_000), Clients, cancel);
        context.Add("write.64", timing.PerSecond);
        context.Add("write.64.p99", timing.Percentile(0.99));
        AddCpu(context, "write.64.cpu", target, cpu, timing.Count);
    }

    public static async Task OneAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        using var client = new LoneClient(target.Transport);
        await RunAsync(context.Count(500));
        Timing timing = await RunAsync(context.Count(2_000));
        context.Add("write.1", timing.PerSecond);
        context.Add("write.1.p50", timing.Percentile(0.5));

        Task<Timing> RunAsync(int count)
        {
            string run = BenchContext.NewRun();
            return Workers.RunAsync(count, 1, (_, i) =>
            {
                cancel.ThrowIfCancellationRequested();
                client.Post(Objects.ConfigMaps, Objects.ConfigMap(run, $"{run}-{i}"));
                return Task.CompletedTask;
            }, cancel);
        }
    }

    public static async Task PatchAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        string run = BenchContext.NewRun();
        await Workers.RunAsync(Patched, 16, (worker, i) => target.Load.CreateAsync(
            worker, Objects.ConfigMaps, Objects.ConfigMap(run, $"{run}-{i}"), cancel), cancel);
        await PatchAsync(context.Count(1_000));
        TimeSpan cpu = target.Cpu;
        Timing timing = await PatchAsync(context.Count(10_000));
        context.Add("patch.64", timing.PerSecond);
        AddCpu(context, "patch.64.cpu", target, cpu, timing.Count);

        Task<Timing> PatchAsync(int count) => Workers.RunAsync(
            count,
            Clients,
            (worker, i) => target.Load.MergePatchAsync(
                worker, $"{Objects.ConfigMaps}/{run}-{i % Patched}", Objects.Label(i), cancel),
            cancel);
    }

    public static Task<Timing> CreateAsync(Target target, int count, int clients, CancellationToken cancel)
    {
        string run = BenchContext.NewRun();
        return Workers.RunAsync(count, clients, (worker, i) => target.Load.CreateAsync(
            worker, Objects.ConfigMaps, Objects.ConfigMap(run, $"{run}-{i}"), cancel), cancel);
    }

    public static void AddCpu(BenchContext context, string measure, Target target, TimeSpan before, double count)
    {
        if (target.Server is not null)
        {
            context.Add(measure, (target.Cpu - before).TotalMilliseconds / count);
        }
    }
}
