using Netes.Bench.Load;
using Netes.Client;

namespace Netes.Bench.Runs;

/// <summary>Gets of one object and lists of about 15 MB. As kbench's get and list.</summary>
internal static class Reads
{
    private const int Clients = 64;

    public static async Task GetAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        string name = BenchContext.NewRun();
        await target.Load.CreateAsync(0, Objects.ConfigMaps, Objects.ConfigMap(name, name), cancel);
        var request = new ApiRequest(HttpMethod.Get, $"{Objects.ConfigMaps}/{name}");
        await RunAsync(context.Count(4_000));
        TimeSpan cpu = target.Cpu;
        Timing timing = await RunAsync(context.Count(40_000));
        context.Add("get.64", timing.PerSecond);
        Writes.AddCpu(context, "get.64.cpu", target, cpu, timing.Count);

        Task<Timing> RunAsync(int count) => Workers.RunAsync(
            count, Clients, (worker, _) => target.Load.SendAsync(worker, request, cancel), cancel);
    }

    public static async Task ListAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        await Writes.CreateAsync(target, context.Count(10_000), Clients, cancel);
        var request = new ApiRequest(HttpMethod.Get, Objects.ConfigMaps);
        await RunAsync(2, 2);
        (double perSecond, _) = await RunAsync(20, 1);
        context.Add("list.1", perSecond);
        TimeSpan cpu = target.Cpu;
        (perSecond, double megabytes) = await RunAsync(40, 4);
        context.Add("list.4", perSecond);
        Writes.AddCpu(context, "list.4.cpu", target, cpu, megabytes);

        async Task<(double PerSecond, double Megabytes)> RunAsync(int count, int clients)
        {
            long bytes = 0;
            Timing timing = await Workers.RunAsync(
                count,
                clients,
                async (worker, _) => Interlocked.Add(ref bytes, await target.Load.SendAsync(worker, request, cancel)),
                cancel);
            return (bytes / timing.Seconds / 1e6, bytes / 1e6);
        }
    }
}
