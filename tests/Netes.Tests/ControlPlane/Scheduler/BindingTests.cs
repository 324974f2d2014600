using System.Buffers;
using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
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
        var registry = new MetricRegistry();
        var scheduler = new SchedulerService(
            SchedulerOptions.Default with { Metrics = registry }, new KubernetesClient(transport), TimeProvider.System,
            new Random(1), TestCluster.Loggers);
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
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item => item.Reason == "Scheduled"));
        var output = new ArrayBufferWriter<byte>();
        registry.WriteTo(output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        const string Profile = "profile=\"default-scheduler\"";
        Assert.Matches($"scheduler_schedule_attempts_total{{{Profile},result=\"error\"}} [1-9]", text);
        Assert.Matches(
            $"scheduler_plugin_evaluation_total{{plugin=\"NodeName\",extension_point=\"Filter\",{Profile}}} [1-9]", text);
        Assert.All(
            [
                $"scheduler_schedule_attempts_total{{{Profile},result=\"scheduled\"}} 1",
                $"scheduler_scheduling_attempt_duration_seconds_count{{{Profile},result=\"scheduled\"}} 1",
                "scheduler_pod_scheduling_attempts_count 1", "scheduler_pending_pods{queue=\"unschedulable\"} 0",
                "scheduler_cache_size{type=\"nodes\"} 1", "scheduler_preemption_victims_count 0",
                Point("Bind", "Success"), Point("PreBindPreFlight", "Success", 2), Point("PostBind", "Success"),
                Point("PreEnqueue", "Success", 2), "scheduler_goroutines{operation=\"binding\"} 0",
                "scheduler_event_handling_duration_seconds_count{event=\"NodeAdd\"} 1",
                "scheduler_event_handling_duration_seconds_count{event=\"UnschedulablePodAdd\"} 1",
                "scheduler_queue_incoming_pods_total{queue=\"active\",event=\"UnschedulablePodAdd\"} 1",
            ],
            line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
    }

    private static string Point(string name, string status, int count = 1) =>
        "scheduler_framework_extension_point_duration_seconds_count{extension_point=\"" + name + "\",status=\"" + status
        + $"\",profile=\"default-scheduler\"}} {count}";

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
