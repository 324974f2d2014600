using Netes.Bench.Micro;
using Netes.Bench.Pods;
using Netes.Bench.Runs;

namespace Netes.Bench;

/// <summary>Every scenario, in the order in which they run.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("write.64", true, Writes.ManyAsync),
        new("write.1", true, Writes.OneAsync),
        new("patch.64", true, Writes.PatchAsync),
        new("get.64", true, Reads.GetAsync),
        new("list", true, Reads.ListAsync),
        new("watch.100", true, (context, cancel) => WatchFans.RunAsync(context, 100, 1_000, 16, cancel)),
        new("watch.1000", true, (context, cancel) => WatchFans.RunAsync(context, 1_000, 200, 4, cancel)),
        new("watch.idle", false, WatchFans.IdleAsync),
        new("schedule", true, Scheduling.PodsAsync),
        new("deploy", true, Scheduling.DeploymentAsync),
        new("hollow", false, Scheduling.HollowAsync),
        new("start", false, Starts.RunAsync),
        new("idle", false, Residents.IdleAsync),
        new("pods.10000", false, Residents.PodsAsync),
        new("podstart", false, PodStarts.RunAsync),
        new("cluster", false, FirstAnswers.RunAsync),
        new("allocation", false, Allocations.RunAsync),
        new("schedule.5000", true, LargeClusters.BasicAsync),
        new("schedule.apart", true, LargeClusters.ApartAsync),
        new("schedule.spread", true, LargeClusters.SpreadAsync),
        new("deploy.rolls", true, LargeClusters.RollsAsync),
        new("idle.50000", false, LargeClusters.IdleAsync),
        new("micro.schedule", false, Decisions.RunAsync),
        new("micro.codecs", false, Codecs.RunAsync),
        new("micro.fields", false, Fields.RunAsync),
        new("micro.store", false, Stores.RunAsync),
        new("micro.api", false, ApiCalls.RunAsync),
    ];
}
