using Netes.Api.Core;

namespace Netes.Tests.ControlPlane.Crashes;

/// <summary>Kills controllers around every write that they make in a scenario.</summary>
internal static class CrashScenarios
{
    // What takes ten seconds takes 50 ms.
    private const int Haste = 200;

    /// <summary>A scenario of more writes than this is not made for being lived twice per write.</summary>
    private const int MaxWrites = 100;

    /// <summary>
    /// Lives the scenario over and over, each time on a new cluster: the process of the controllers dies at its first
    /// write, before and after it took effect, then at its second, until it lives to the end of the scenario.
    /// </summary>
    /// <param name="accounts">Whose controllers run.</param>
    /// <param name="scenario">Acts, waits for the end, and asserts what must hold at the end; the last argument is the
    /// controllers' clock.</param>
    /// <param name="ahead">How much later it is for the controllers than for the API server.</param>
    public static async Task LiveAsync(
        IReadOnlyCollection<string> accounts, Func<TestCluster, TimeProvider, Task> scenario,
        TimeSpan ahead = default)
    {
        for (var write = 1; write <= MaxWrites; write++)
        {
            foreach (var takesEffect in new[] { false, true })
            {
                if (!await LiveOnceAsync(accounts, scenario, new(write, takesEffect), ahead))
                {
                    Assert.True(write > 1, "the controllers wrote nothing");
                    return;
                }
            }
        }

        Assert.Fail($"the scenario did not end within {MaxWrites} writes");
    }

    /// <returns>False: the controllers lived to the end.</returns>
    private static async Task<bool> LiveOnceAsync(
        IReadOnlyCollection<string> accounts, Func<TestCluster, TimeProvider, Task> scenario, CrashPoint crash,
        TimeSpan ahead)
    {
        var time = new HastyTime(Haste, ahead);
        await using var cluster = await TestCluster.StartAsync();

        // Pods need it, and its own controller does not run.
        await cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, TestCluster.Cancel);
        var life = new ControllerLife(cluster, accounts, time);
        cluster.Run(cancel => life.RunAsync(crash, cancel));
        try
        {
            await scenario(cluster, time);
            return crash.Died.IsCompleted;
        }
        catch (Exception failure) when (crash.Died.IsCompleted)
        {
            throw new InvalidOperationException(
                $"after a crash {crash}: {failure.Message}", failure);
        }
    }
}
