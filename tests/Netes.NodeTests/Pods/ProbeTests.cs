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
        var probe = NewProbe(new() { Exec = new() { Command = ["cat", "/gate/ready"] } });
        await node.CreateAsync(NewPod("ready", Busybox("c", "exec sleep 1000") with
        {
            ReadinessProbe = probe,
        }).WithGate(node, out var gate));

        var unready = await node.WaitAsync("ready", pod => pod.Status.Phase == PodPhase.Running);
        Assert.False(unready.Status.ContainerStatuses[0].Ready);
        await node.EventAsync("ready", "Warning Unhealthy Readiness probe failed: cat: can't open '/gate/ready'");
        await File.WriteAllTextAsync(gate + "/ready", "", node.Limit);
        var ready = await node.WaitAsync("ready", pod => pod.Status.ContainerStatuses[0].Ready);

        Assert.Equal(0, ready.Status.ContainerStatuses[0].RestartCount);
    }

    [Fact]
    public async Task Liveness_failure_restarts()
    {
        var probe = NewProbe(new() { HTTPGet = new() { Path = "/", Port = "web", Scheme = "HTTP" } });
        await node.CreateAsync(NewPod("live", Busybox("c", "exec httpd -f -p 8080 -h /tmp") with
        {
            LivenessProbe = probe,
            Ports = [new() { Name = "web", ContainerPortValue = 8080, Protocol = "TCP" }],
        }));

        var pod = await node.WaitAsync("live", pod => pod.Status.ContainerStatuses is [{ RestartCount: > 0 }]);

        await node.EventAsync("live", "Normal Killing Container c failed liveness probe, will be restarted");
        await node.EventAsync("live", "Warning Unhealthy Liveness probe failed: ");
        Assert.NotNull(pod.Status.ContainerStatuses[0].LastTerminationState.Terminated);
    }

    [Fact]
    public async Task Startup_probe_comes_first()
    {
        var probe = NewProbe(new() { TCPSocket = new() { Port = 9000 } }) with { FailureThreshold = 100 };
        await node.CreateAsync(NewPod("start", Busybox("c",
            "until [ -f /gate/go ]; do sleep 0.05; done; exec httpd -f -p 9000 -h /gate") with
        {
            StartupProbe = probe,
            ReadinessProbe = NewProbe(new() { Exec = new() { Command = ["true"] } }),
        }).WithGate(node, out var gate));

        var running = await node.WaitAsync("start", pod => pod.Status.Phase == PodPhase.Running);
        Assert.False(running.Status.ContainerStatuses[0].Started);
        await node.EventAsync("start", "Warning Unhealthy Startup probe failed: dial tcp "
            + $"{running.Status.PodIP}:9000: connect: connection refused");
        await File.WriteAllTextAsync(gate + "/go", "", node.Limit);
        var pod = await node.WaitAsync("start", pod => pod.Status.ContainerStatuses[0].Ready);

        Assert.True(pod.Status.ContainerStatuses[0].Started);
    }

    private static Probe NewProbe(ProbeHandler handler) => new()
    {
        ProbeHandler = handler, PeriodSeconds = 1, TimeoutSeconds = 30, SuccessThreshold = 1, FailureThreshold = 1,
    };
}
