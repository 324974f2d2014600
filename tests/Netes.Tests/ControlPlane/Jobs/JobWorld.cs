using Netes.Api.Core;
using Netes.Tests.ControlPlane.Crashes;

namespace Netes.Tests.ControlPlane.Jobs;

/// <summary>A test cluster with some controllers on a hasty clock and a played node.</summary>
internal sealed class JobWorld : IAsyncDisposable
{
    private const int Haste = 100;

    private JobWorld(TestCluster cluster, TimeProvider time) => (Cluster, Time) = (cluster, time);

    public TestCluster Cluster { get; }

    /// <summary>The controllers' clock.</summary>
    public TimeProvider Time { get; }

    public static async Task<JobWorld> StartAsync(
        IReadOnlyCollection<string> accounts, Func<Pod, TimeProvider, PodStatus?> outcome)
    {
        var world = new JobWorld(await TestCluster.StartAsync(), new HastyTime(Haste));
        world.Cluster.Run(new ControllerLife(world.Cluster, accounts, world.Time).RunAsync);
        world.Cluster.Run(new PlayedKubelet(world.Cluster, pod => outcome(pod, world.Time)).RunAsync);
        await world.Cluster.WaitForAsync<ServiceAccount>("default", "default", account => account is not null);
        return world;
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
