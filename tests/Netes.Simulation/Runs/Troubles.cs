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
    private static readonly TimeSpan LongestBusyLife = TimeSpan.FromHours(1);

    private readonly List<Task> _repairs = [];

    /// <summary>
    /// A short life is busy throughout. A long one has its busy times, and quiet ones in between: a day of a cluster
    /// is mostly quiet.
    /// </summary>
    public async Task DisturbAsync(People people, TimeSpan duration, Func<bool> isOver)
    {
        var begin = time.GetTimestamp();
        TimeSpan Left() => duration - time.GetElapsedTime(begin);
        if (duration <= LongestBusyLife)
        {
            await DisturbAsync(people, Pace.Busy, Left, isOver);
        }

        for (var pace = Pace.Busy; Left() > TimeSpan.Zero && !isOver(); pace = Other(pace))
        {
            var ends = Left() - Between(pace.Lasts);
            await DisturbAsync(people, pace, () => Left() - ends, isOver);
        }

        await Task.WhenAll(_repairs);
    }

    private static Pace Other(Pace pace) => pace == Pace.Busy ? Pace.Quiet : Pace.Busy;

    private async Task DisturbAsync(People people, Pace pace, Func<TimeSpan> left, Func<bool> isOver)
    {
        var act = time.GetUtcNow() + Between(pace.ActAfter);
        var crash = After(pace.CrashEvery);
        var compact = After(pace.CompactEvery);
        while (left() > TimeSpan.Zero && !isOver())
        {
            var next = new[] { act, crash, compact, time.GetUtcNow() + left() }.Min();

            // A delay has whole milliseconds: without one more it could end before the time has come.
            await Task.Delay(next - time.GetUtcNow() + TimeSpan.FromMilliseconds(1), time);
            if (time.GetUtcNow() >= act)
            {
                if (cluster.Machine.Server is not null)
                {
                    await TryAsync(() => people.ActAsync(CancellationToken.None));
                }

                act = time.GetUtcNow() + Between(pace.ActAfter);
            }

            if (time.GetUtcNow() >= compact)
            {
                await cluster.CompactAsync();
                compact = After(pace.CompactEvery);
            }

            if (time.GetUtcNow() >= crash)
            {
                _repairs.RemoveAll(repair => repair.IsCompletedSuccessfully);
                _repairs.Add(CrashSomethingAsync());
                crash = After(pace.CrashEvery);
            }
        }
    }

    private TimeSpan Between((TimeSpan Min, TimeSpan Max) bounds) =>
        bounds.Min + ((bounds.Max - bounds.Min) * random.NextDouble());

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
