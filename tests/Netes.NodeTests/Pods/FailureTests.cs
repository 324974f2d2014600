using Netes.Api;
using Netes.Api.Core;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>What goes wrong on a node, as its pods and events tell it.</summary>
public sealed class FailureTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Pod_that_does_not_fit_is_refused()
    {
        await node.WaitRegisteredAsync();
        var container = Busybox("c", "exec sleep 1000") with
        {
            Resources = new() { Requests = ValueMap.Of(("cpu", Quantity.Parse("1000"))) },
        };
        await node.CreateAsync(NewPod("huge", container));

        var pod = await node.WaitAsync("huge", pod => pod.Status.Phase == PodPhase.Failed);

        Assert.Equal("OutOfcpu", pod.Status.Reason);
        Assert.StartsWith("Pod was rejected: Node didn't have enough resource: cpu, requested: 1000000, used: 0, ",
            pod.Status.Message, StringComparison.Ordinal);
        Assert.True(pod.Status.ContainerStatuses.IsEmpty);
        Assert.Empty(await node.Machine.Runtime.ListPodSandboxesAsync(pod.Metadata.Uid, node.Limit));
        await node.Client.DeleteAsync<Pod>("default", "huge", null, node.Limit);
        await node.WaitGoneAsync("huge");
    }

    [Fact]
    public async Task Pod_for_other_nodes_is_refused_and_stays_so_when_the_agent_restarts()
    {
        await node.WaitRegisteredAsync();
        var pod = NewPod("other", Busybox("c", "exec sleep 1000"));
        await node.CreateAsync(pod with { Spec = pod.Spec with { NodeSelector = ValueMap.Of(("zone", "x")) } });
        var refused = await node.WaitAsync("other", pod => pod.Status.Phase == PodPhase.Failed);
        Assert.Equal("NodeAffinity", refused.Status.Reason);
        Assert.Equal("Pod was rejected: Predicate NodeAffinity failed: "
            + "node(s) didn't match Pod's node affinity/selector", refused.Status.Message);

        await node.StopAgentAsync();
        node.StartAgent();
        await node.CreateAsync(NewPod("later", Busybox("c", "exec sleep 1000")));
        await node.WaitAsync("later", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);

        Assert.Equal(refused.Status, (await node.WaitAsync("other", _ => true)).Status);
    }

    [Fact]
    public async Task Command_that_is_not_there_is_held_back()
    {
        await node.CreateAsync(NewPod("nocommand", Busybox("c", "") with { Command = ["/not/there"] }));

        var pod = await node.WaitAsync("nocommand", pod =>
            pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CrashLoopBackOff", RestartCount: > 0 }]);

        var ended = pod.Status.ContainerStatuses[0].LastTerminationState.Terminated!;
        Assert.Equal(("StartError", 128), (ended.Reason, ended.ExitCode));
        Assert.Contains("/not/there", ended.Message, StringComparison.Ordinal);
        await node.EventAsync("nocommand", "Warning Failed Error: failed to create containerd task:");
    }

    [Fact]
    public async Task Probe_that_cannot_be_run_ends_nothing()
    {
        var probe = new Probe
        {
            ProbeHandler = new() { Exec = new() { Command = ["/not/there"] } },
            PeriodSeconds = 1, TimeoutSeconds = 30, SuccessThreshold = 1, FailureThreshold = 1,
        };
        await node.CreateAsync(NewPod("noprobe", Busybox("c", "exec sleep 1000") with
        {
            LivenessProbe = probe, ReadinessProbe = probe,
        }));

        await node.EventAsync("noprobe", "Warning Unhealthy Liveness probe errored and resulted in unknown state: ");
        await node.EventAsync("noprobe", "Warning Unhealthy Readiness probe errored and resulted in unknown state: ");

        var pod = await node.WaitAsync("noprobe", pod =>
            pod.Status.ContainerStatuses is [{ State.Running: not null }]);
        Assert.False(pod.Status.ContainerStatuses[0].Ready);
        Assert.Equal(0, pod.Status.ContainerStatuses[0].RestartCount);
        Assert.DoesNotContain(await node.EventsAsync("noprobe"), item =>
            item.StartsWith("Normal Killing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hook_after_the_start_that_fails_ends_the_container()
    {
        await node.CreateAsync(NewPod("hook", Busybox("c", "exec sleep 1000") with
        {
            Lifecycle = new() { PostStart = new() { Exec = new() { Command = ["false"] } } },
        }));

        await node.EventAsync("hook", "Warning FailedPostStartHook PostStartHook failed");
        await node.EventAsync("hook", "Normal Killing FailedPostStartHook");
        await node.WaitAsync("hook", pod =>
            pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CrashLoopBackOff", RestartCount: > 0 }]);
    }

    [Fact]
    public async Task Pod_beyond_its_deadline_fails_when_its_containers_have_ended()
    {
        var container = Busybox("c", "trap 'sleep 0.5; exit 0' TERM; while true; do sleep 0.05; done");
        var pod = NewPod("slow", container);
        await node.CreateAsync(pod with
        {
            Spec = pod.Spec with { ActiveDeadlineSeconds = 1 },
        });

        var failed = await node.WaitAsync("slow", pod => pod.Status.Phase == PodPhase.Failed);

        Assert.Equal("DeadlineExceeded", failed.Status.Reason);
        var told = node.Api.PodStatuses.Where(status => (string?)status["reason"] == "DeadlineExceeded").ToList();
        Assert.NotEmpty(told);
        Assert.All(told, status => Assert.NotNull(status["containerStatuses"]?[0]?["state"]?["terminated"]));
    }

    [Fact]
    public async Task Key_that_is_not_there_is_named()
    {
        await node.Client.CreateAsync(new ConfigMap
        {
            Metadata = new() { Name = "few", Namespace = "default" }, Data = ValueMap.Of(("a", "A")),
        }, node.Limit);
        var volume = new Volume
        {
            Name = "v",
            VolumeSource = new()
            {
                ConfigMap = new()
                {
                    LocalObjectReference = new() { Name = "few" }, Items = [new() { Key = "b", Path = "b" }],
                },
            },
        };
        var pod = NewPod("nokey", Busybox("c", "true") with
        {
            VolumeMounts = [new() { Name = "v", MountPath = "/v" }],
        });
        await node.CreateAsync(pod with { Spec = pod.Spec with { Volumes = [volume] } });

        await node.EventAsync("nokey", "Warning FailedMount MountVolume.SetUp failed for volume \"v\" : "
            + "configmap references non-existent config key: b");
    }
}
