using Netes.Bench.Hollow;
using Netes.Bench.Load;

namespace Netes.Bench.Runs;

/// <summary>
/// 5,000 nodes: pods of one kind as fast as they go, a thousand rollouts at once, and nothing at all. The cases are
/// those of Kubernetes' scheduler_perf (SchedulingBasic, SchedulingPodAntiAffinity, TopologySpreading).
/// </summary>
internal static class LargeClusters
{
    private const int Clients = 64;
    private const string Deployments = $"/apis/apps/v1/namespaces/{Objects.Namespace}/deployments";

    public static Task BasicAsync(BenchContext context, CancellationToken cancel) =>
        ScheduleAsync(context, "schedule.5000", 10_000, _ => "", cancel);

    public static Task ApartAsync(BenchContext context, CancellationToken cancel) => ScheduleAsync(
        context, "schedule.apart", 2_000,
        run => $$$$$"""
            "affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{
            "topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"run":"{{{{{run}}}}}"}}}]}},
            """,
        cancel);

    public static Task SpreadAsync(BenchContext context, CancellationToken cancel) => ScheduleAsync(
        context, "schedule.spread", 5_000,
        run => $$$$$"""
            "topologySpreadConstraints":[{"maxSkew":5,"topologyKey":"topology.kubernetes.io/zone",
            "whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"run":"{{{{{run}}}}}"}}}],
            """,
        cancel);

    /// <summary>A thousand Deployments get a new template; how long until the pods of a new one are bound.</summary>
    public static async Task RollsAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        HollowOptions nodes = new() { Nodes = context.Count(1_000), RunsPods = true, RenewsLeases = true };
        await using var fleet = await HollowFleet.StartAsync(target.Load, nodes, cancel);
        string run = BenchContext.NewRun();
        int count = context.Count(1_000);
        (Task running, Func<long> _) = await Scheduling.WatchAsync(target, run, count * 2, isBound: true, cancel);
        await Workers.RunAsync(count, Clients, (worker, i) => target.Load.CreateAsync(
            worker, Deployments, Objects.Deployment(run, $"{run}-{i}", 2), cancel), cancel);
        await running;
        await Workers.RunAsync(count, Clients, (worker, i) => target.Load.MergePatchAsync(
            worker, $"{Deployments}/{run}-{i}", Objects.Template(2), cancel), cancel);
        string late = BenchContext.NewRun() + "new";
        (Task bound, Func<long> boundAt) = await Scheduling.WatchAsync(target, late, 10, isBound: true, cancel);
        long began = TimeProvider.System.GetTimestamp();
        await target.Load.CreateAsync(0, Deployments, Objects.Deployment(late, late, 10), cancel);
        await bound;
        context.Add("deploy.rolls.new", TimeProvider.System.GetElapsedTime(began, boundAt()).TotalSeconds);
    }

    /// <summary>What 5,000 nodes and 50,000 pods cost while nothing happens.</summary>
    public static async Task IdleAsync(BenchContext context, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        int nodes = context.Count(5_000);
        await HollowFleet.RegisterAsync(target.Load, new HollowOptions { Nodes = nodes }, cancel);
        string run = BenchContext.NewRun();
        await Workers.RunAsync(context.Count(50_000), Clients, (worker, i) =>
        {
            string more = $"\"nodeName\":\"hollow-{i % nodes:00000}\",";
            return target.Load.CreateAsync(worker, Objects.Pods, Objects.Pod(run, $"{run}-{i}", more), cancel);
        }, cancel);

        // Nobody renews leases: that the nodes are lost is found out and written first.
        await Task.Delay(context.Period(120), cancel);
        TimeSpan cpu = target.Cpu;
        long began = TimeProvider.System.GetTimestamp();
        await Task.Delay(context.Period(60), cancel);
        context.Add("idle.50000.cpu", 100 * ((target.Cpu - cpu) / TimeProvider.System.GetElapsedTime(began)));
    }

    private static async Task ScheduleAsync(
        BenchContext context, string measure, int pods, Func<string, string> spec, CancellationToken cancel)
    {
        await using Target target = await context.StartAsync(cancel);
        await HollowFleet.RegisterAsync(
            target.Load, new HollowOptions { Nodes = context.Count(5_000) }, cancel);
        int count = context.Count(pods);
        string run = BenchContext.NewRun();
        string more = spec(run);
        (Task bound, Func<long> _) = await Scheduling.WatchAsync(target, run, count, isBound: true, cancel);
        TimeSpan cpu = target.Cpu;
        long began = TimeProvider.System.GetTimestamp();
        await Workers.RunAsync(count, Clients, (worker, i) => target.Load.CreateAsync(
            worker, Objects.Pods, Objects.Pod(run, $"{run}-{i}", more), cancel), cancel);
        await bound;
        context.Add(measure, count / TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        Writes.AddCpu(context, $"{measure}.cpu", target, cpu, count);
    }
}
