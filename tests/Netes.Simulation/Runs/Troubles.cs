using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.Simulation.World;

namespace Netes.Simulation.Runs;

/// <summary>What happens to a cluster while it is used: its parts crash and come again, and people work with
/// it.</summary>
internal sealed class Troubles(
    Cluster cluster, FaultOptions options, TimeProvider time, Random random, KubernetesClient administrator)
{
    private readonly List<Task> _repairs = [];

    public async Task DisturbAsync(People people, TimeSpan duration, Func<bool> isOver)
    {
        var begin = time.GetTimestamp();
        var crash = After(options.CrashEvery);
        var compact = After(options.CompactEvery);
        while (time.GetElapsedTime(begin) < duration && !isOver())
        {
            await Task.Delay(TimeSpan.FromSeconds(random.Next(2, 30)), time);
            if (cluster.Machine.Server is not null)
            {
                await TryAsync(() => people.ActAsync(CancellationToken.None));
            }

            if (time.GetUtcNow() >= compact)
            {
                await cluster.CompactAsync();
                compact = After(options.CompactEvery);
            }

            if (time.GetUtcNow() >= crash)
            {
                _repairs.Add(CrashSomethingAsync());
                crash = After(options.CrashEvery);
            }
        }

        await Task.WhenAll(_repairs);
    }

    private DateTimeOffset After(TimeSpan mean) => time.GetUtcNow() + (mean * 2 * random.NextDouble());

    private async Task CrashSomethingAsync()
    {
        switch (random.Next(options.Losses ? 5 : 3))
        {
            case 0 when cluster.Machine.Server is not null:
                cluster.Machine.Crash();
                await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 12)), time);
                await cluster.Machine.StartAsync();
                break;
            case 1 when cluster.Runs("controllers"):
                cluster.Crash("controllers");
                await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 20)), time);
                cluster.StartControllers();
                break;
            case 2 when cluster.Runs("scheduler"):
                cluster.Crash("scheduler");
                await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 20)), time);
                cluster.StartScheduler();
                break;
            case >= 3:
                await CrashNodeAsync(random.Next(cluster.Nodes.Count));
                break;
        }
    }

    /// <summary>A node falls silent, for a moment or for so long that its pods are given up; maybe for good.</summary>
    private async Task CrashNodeAsync(int index)
    {
        var name = cluster.Nodes[index];
        if (!cluster.Runs(name))
        {
            return;
        }

        cluster.Crash(name);
        if (random.Next(4) == 0)
        {
            await TryAsync(() => administrator.DeleteAsync<Node>("", name, null, CancellationToken.None));
        }

        await Task.Delay(TimeSpan.FromSeconds(random.Next(3) == 0 ? random.Next(400, 700) : random.Next(5, 120)), time);
        cluster.StartNode(index, slowness: 1);
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException)
        {
            // People live with that.
        }
    }
}
