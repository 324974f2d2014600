using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.Scheduler;

public sealed class BindingTests
{
    [Fact]
    public async Task BindingIsRefused_PodIsToldAndTriedAgain()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, TestCluster.Cancel);
        await CreateNodeAsync(cluster, MakeNode("n1"));
        await cluster.Client.PatchAsync<Netes.Api.Core.Node>(
            "", "n1", Netes.Client.Patch.Merge("""{"spec":{"taints":null}}"""), "", TestCluster.Cancel);
        var transport = new RefusingTransport(cluster.Transport);
        var scheduler = new SchedulerService(SchedulerOptions.Default, new KubernetesClient(transport),
            TimeProvider.System, new Random(1), TestCluster.Loggers);
        cluster.Run(scheduler.RunAsync);
        await cluster.Client.CreateAsync(ToCreate(Pod("a")), TestCluster.Cancel);
        var told = await cluster.WaitForAsync<Pod>(
            "default", "a", pod => Condition(pod, "PodScheduled")?.Reason == "SchedulerError");
        Assert.Equal(
            "running Bind plugin \"DefaultBinder\": no bindings today", Condition(told, "PodScheduled")!.Message);
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item =>
            item.Reason == "FailedScheduling"
            && item.Message.StartsWith("running Bind plugin", StringComparison.Ordinal)));
        transport.Refuses = false;
        await cluster.WaitForAsync<Pod>("default", "a", pod => pod?.Spec.NodeName == "n1");
    }

    /// <summary>Refuses bindings for as long as it is told to.</summary>
    private sealed class RefusingTransport(IApiTransport inner) : IApiTransport
    {
        public bool Refuses { get; set; } = true;

        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel) =>
            Refuses && request.PathAndQuery.EndsWith("/binding", StringComparison.Ordinal)
                ? throw ApiErrors.BadRequest("no bindings today")
                : inner.SendAsync(request, cancel);
    }
}
