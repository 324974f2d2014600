using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api.Coordination;
using Netes.Client;
using Netes.Tests.ControlPlane;

namespace Netes.Tests.Client.Leases;

public sealed class LeaderElectorTests
{
    [Fact]
    public async Task HolderStops_NextOneLeadsAtOnce()
    {
        await using var cluster = await TestCluster.StartAsync();
        using var first = new CancellationTokenSource();
        var firstLeads = new TaskCompletionSource();
        var secondLeads = new TaskCompletionSource();
        var one = Elector(cluster, "one").RunAsync(WorkAsync(firstLeads), first.Token);
        await firstLeads.Task.WaitAsync(TestCluster.Cancel);
        cluster.Run(async cancel =>
        {
            try
            {
                await Elector(cluster, "two").RunAsync(WorkAsync(secondLeads), cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // The test is over.
            }
        });
        Assert.False(secondLeads.Task.IsCompleted);
        await first.CancelAsync();
        await one;
        await secondLeads.Task.WaitAsync(TestCluster.Cancel);
        var lease = await cluster.Client.GetAsync<Lease>("kube-system", "test", TestCluster.Cancel);
        Assert.Equal("two", lease.Spec.HolderIdentity);
        Assert.Equal(1, lease.Spec.LeaseTransitions);
    }

    private static Func<CancellationToken, Task> WorkAsync(TaskCompletionSource leads) => async cancel =>
    {
        leads.SetResult();
        await Task.Delay(Timeout.Infinite, cancel);
    };

    private static LeaderElector Elector(TestCluster cluster, string identity)
    {
        var options = new LeaderElectionOptions
        {
            Name = "test", Identity = identity, RetryPeriod = TimeSpan.FromMilliseconds(50),
        };
        return new LeaderElector(cluster.Client, options, TimeProvider.System, new Random(1), NullLogger.Instance);
    }
}
