using Netes.Api;
using Netes.Api.Core;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>Probes against real containers.</summary>
public sealed class ProbeTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Readiness_follows_the_container()
    {
        var probe = NewProbe(new() { Exec = new() { Command = ["cat", "/tmp/ready"] } });
        await node.CreateAsync(NewPod("ready", Busybox("c", "sleep 1.5; touch /tmp/ready; exec sleep 1000") with
        {
            ReadinessProbe = probe,
        }));

        var unready = await node.WaitAsync("ready", pod => pod.Status.Phase == PodPhase.Running);
        Assert.False(unready.Status.ContainerStatuses[0].Ready);
        var ready = await node.WaitAsync("ready", pod => pod.Status.ContainerStatuses[0].Ready);

        Assert.Equal(0, ready.Status.ContainerStatuses[0].RestartCount);
        Assert.Contains(await node.EventsAsync("ready"), item => item.StartsWith(
            "Warning Unhealthy Readiness probe failed: cat: can't open '/tmp/ready'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Liveness_failure_restarts()
    {
        var probe = NewProbe(new() { HTTPGet = new() { Path = "/", Port = "web", Scheme = "HTTP" } });
        await node.CreateAsync(NewPod("live", Busybox("c", "exec httpd -f -p 8080 -h /nowhere") with
        {
            LivenessProbe = probe,
            Ports = [new() { Name = "web", ContainerPortValue = 8080, Protocol = "TCP" }],
        }));

        var pod = await node.WaitAsync("live", pod => pod.Status.ContainerStatuses is [{ RestartCount: 1 }]);

        var events = await node.EventsAsync("live");
        Assert.Contains("Normal Killing Container c failed liveness probe, will be restarted", events);
        Assert.Contains(events, item =>
            item.StartsWith("Warning Unhealthy Liveness probe failed: ", StringComparison.Ordinal));
        Assert.NotNull(pod.Status.ContainerStatuses[0].LastTerminationState.Terminated);
    }

    [Fact]
    public async Task Startup_probe_comes_first()
    {
        var probe = NewProbe(new() { TCPSocket = new() { Port = 9000 } }) with { FailureThreshold = 10 };
        await node.CreateAsync(NewPod("start", Busybox("c", "sleep 1.2; mkdir /w; exec httpd -f -p 9000 -h /w") with
        {
            StartupProbe = probe,
            ReadinessProbe = NewProbe(new() { Exec = new() { Command = ["true"] } }),
        }));

        var running = await node.WaitAsync("start", pod => pod.Status.Phase == PodPhase.Running);
        Assert.False(running.Status.ContainerStatuses[0].Started);
        var pod = await node.WaitAsync("start", pod => pod.Status.ContainerStatuses[0].Ready);

        Assert.True(pod.Status.ContainerStatuses[0].Started);
        Assert.Contains(await node.EventsAsync("start"), item => item.EndsWith(
            $"Startup probe failed: dial tcp {pod.Status.PodIP}:9000: connect: connection refused",
                StringComparison.Ordinal));
    }

    private static Probe NewProbe(ProbeHandler handler) => new()
    {
        ProbeHandler = handler, PeriodSeconds = 1, TimeoutSeconds = 1, SuccessThreshold = 1, FailureThreshold = 1,
    };
}
