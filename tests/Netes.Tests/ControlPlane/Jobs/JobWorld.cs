using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Client;
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

    /// <summary>What the controllers measure.</summary>
    public MetricRegistry Metrics { get; } = new();

    public static async Task<JobWorld> StartAsync(
        IReadOnlyCollection<string> accounts, Func<Pod, TimeProvider, PodStatus?> outcome,
        Func<ApiRequest, bool>? isRefused = null)
    {
        var world = new JobWorld(await TestCluster.StartAsync(), new HastyTime(Haste));
        world.Cluster.Run(
            new ControllerLife(world.Cluster, accounts, world.Time, world.Metrics, isRefused).RunAsync);
        world.Cluster.Run(new PlayedKubelet(world.Cluster, pod => outcome(pod, world.Time)).RunAsync);
        await world.Cluster.WaitForAsync<ServiceAccount>("default", "default", account => account is not null);
        return world;
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
