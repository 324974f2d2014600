using System.Text;
using Netes.Bench.Hollow;
using Netes.Bench.Load;

namespace Netes.Bench.Runs;

/// <summary>Pods and a Deployment on 1,000 hollow nodes. As kbench's nodes, sched and deploy.</summary>
internal static class Scheduling
{
    private const int Clients = 64;

    public static async Task PodsAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        await HollowFleet.RegisterAsync(target.Load, Nodes(context), cancel);
        int count = context.Count(3_000);
        string run = BenchContext.NewRun();
        (Task bound, Func<long> _) = await WatchAsync(target, run, count, isBound: true, cancel);
        TimeSpan cpu = target.Cpu;
        long began = TimeProvider.System.GetTimestamp();
        await Workers.RunAsync(count, Clients, (worker, i) => target.Load.CreateAsync(
            worker, Objects.Pods, Objects.Pod(run, $"{run}-{i}"), cancel), cancel);
        await bound;
        context.Add("schedule.3000", count / TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        Writes.AddCpu(context, "schedule.3000.cpu", target, cpu, count);
    }

    public static async Task DeploymentAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        await HollowFleet.RegisterAsync(target.Load, Nodes(context), cancel);
        int count = context.Count(2_000);
        string run = BenchContext.NewRun();
        (Task created, Func<long> createdAt) = await WatchAsync(target, run, count, isBound: false, cancel);
        (Task bound, Func<long> boundAt) = await WatchAsync(target, run, count, isBound: true, cancel);
        TimeSpan cpu = target.Cpu;
        long began = TimeProvider.System.GetTimestamp();
        await target.Load.CreateAsync(
            0,
            $"/apis/apps/v1/namespaces/{Objects.Namespace}/deployments",
            Objects.Deployment(run, $"d{run}", count),
            cancel);
        await created;
        await bound;
        context.Add("deploy.2000.created", TimeProvider.System.GetElapsedTime(began, createdAt()).TotalSeconds);
        context.Add("deploy.2000.bound", TimeProvider.System.GetElapsedTime(began, boundAt()).TotalSeconds);
        Writes.AddCpu(context, "deploy.2000.cpu", target, cpu, count);
    }

    /// <summary>Nodes that renew leases and run their pods: how fast, and what they cost at rest.</summary>
    public static async Task HollowAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        HollowOptions nodes = Nodes(context) with { RunsPods = true, RenewsLeases = true };
        await using var fleet = await HollowFleet.StartAsync(target.Load, nodes, cancel);
        int count = context.Count(3_000);
        string run = BenchContext.NewRun();
        Task running = await Watches.LinesAsync(
            target.Load,
            await PathAsync(target, run, cancel),
            Distinct(count, line => line.Span.IndexOf("\"phase\":\"Running\""u8) >= 0),
            cancel);
        long began = TimeProvider.System.GetTimestamp();
        await Workers.RunAsync(count, Clients, (worker, i) => target.Load.CreateAsync(
            worker, Objects.Pods, Objects.Pod(run, $"{run}-{i}"), cancel), cancel);
        await running;
        context.Add("hollow.running", count / TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        await Task.Delay(context.Period(8), cancel);
        TimeSpan cpu = target.Cpu;
        began = TimeProvider.System.GetTimestamp();
        await Task.Delay(context.Period(20), cancel);
        context.Add("hollow.idle.cpu", 100 * ((target.Cpu - cpu) / TimeProvider.System.GetElapsedTime(began)));
    }

    private static HollowOptions Nodes(BenchContext context) => new() { Nodes = context.Count(1_000) };

    /// <summary>Ends when so many pods of the run are there, or bound; and when that was.</summary>
    public static async Task<(Task Done, Func<long> At)> WatchAsync(
        Target target, string run, int count, bool isBound, CancellationToken cancel)
    {
        long at = 0;
        Task watch = await Watches.LinesAsync(
            target.Load,
            await PathAsync(target, run, cancel),
            Distinct(count, line => !isBound || line.Span.IndexOf("\"nodeName\":\""u8) >= 0),
            cancel);
        return (Stamp(), () => at);

        async Task Stamp()
        {
            await watch;
            at = TimeProvider.System.GetTimestamp();
        }
    }

    private static async Task<string> PathAsync(Target target, string run, CancellationToken cancel)
    {
        string revision = await Watches.RevisionAsync(target.Load, Objects.Pods, cancel);
        return $"{Objects.Pods}?watch=1&resourceVersion={revision}&labelSelector=run%3D{run}";
    }

    /// <summary>True when so many different pods have met the condition.</summary>
    private static Func<ReadOnlyMemory<byte>, bool> Distinct(int count, Func<ReadOnlyMemory<byte>, bool> isWanted)
    {
        HashSet<string> seen = [];
        return line => isWanted(line) && seen.Add(NameOf(line.Span)) && seen.Count == count;
    }

    private static string NameOf(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line[(line.IndexOf("\"name\":\""u8) + 8)..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
