using Netes.Bench.Hollow;
using Netes.Bench.Load;

namespace Netes.Bench.Runs;

/// <summary>What the control plane holds and burns when nothing happens.</summary>
internal static class Residents
{
    public static async Task IdleAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        await Task.Delay(context.Period(20), cancel);
        TimeSpan cpu = target.Cpu;
        long began = TimeProvider.System.GetTimestamp();
        await Task.Delay(context.Period(40), cancel);
        context.Add("idle.cpu", 100 * ((target.Cpu - cpu) / TimeProvider.System.GetElapsedTime(began)));
        context.Add("idle.resident", target.Server!.Memory().AllMegabytes);
    }

    public static async Task PodsAsync(BenchContext context, CancellationToken cancel)
    {
        const int Bytes = 6 << 10;
        await using Target target = await context.StartAsync(cancel);
        await HollowFleet.RegisterAsync(target.Load, new HollowOptions { Nodes = 100 }, cancel);
        string run = BenchContext.NewRun();
        await Workers.RunAsync(context.Count(10_000), 64, (worker, i) =>
        {
            byte[] pod = Objects.LargePod(run, $"{run}-{i}", $"hollow-{i % 100:00000}", Bytes);
            return target.Load.CreateAsync(worker, Objects.Pods, pod, cancel);
        }, cancel);
        await Task.Delay(context.Period(20), cancel);
        context.Add("pods.10000.resident", target.Server!.Memory().AllMegabytes);
    }
}
