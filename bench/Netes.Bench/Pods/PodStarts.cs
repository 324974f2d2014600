using Netes.NodeTests.Machines;

namespace Netes.Bench.Pods;

/// <summary>
/// A pod from POST to Ready, and the same sandbox and container asked of containerd alone, in turn in one run on one
/// containerd: what other work on the machine slows, it slows for both.
/// </summary>
internal static class PodStarts
{
    private const int WarmUp = 4;

    public static async Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        await using PrivateContainerd machine = await PrivateContainerd.StartAsync();
        await machine.ImportAsync(TestImages.BusyboxArchive());
        await using SmallCluster cluster = await SmallCluster.StartAsync(machine);
        List<double> alone = [], whole = [];
        for (int round = 0; round < context.Count(20) + WarmUp; round++)
        {
            cancel.ThrowIfCancellationRequested();
            long start = TimeProvider.System.GetTimestamp();
            Func<Task> remove = await RuntimeAlone.StartPodAsync(machine, round);
            alone.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            await remove();

            start = TimeProvider.System.GetTimestamp();
            await cluster.StartPodAsync($"pod-{round}");
            whole.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            await cluster.RemovePodAsync($"pod-{round}");
        }

        context.Add("podstart.p50", Median(whole));
        context.Add("podstart.alone.p50", Median(alone));
        context.Add("podstart.ratio", Median(whole) / Median(alone));
        foreach (string steps in cluster.Steps.TakeLast(3))
        {
            Console.Error.WriteLine($"  {steps}");
        }
    }

    private static double Median(List<double> values)
    {
        List<double> sorted = [.. values.Skip(WarmUp).Order()];
        return sorted[sorted.Count / 2];
    }
}
